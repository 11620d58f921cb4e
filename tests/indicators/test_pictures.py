"""A chart as a picture of its own: complete, legible, harmless wherever it is opened."""

import struct

import pytest
from lxml import etree

from indicators.models import SeriesBreak
from indicators.pictures import COLOURS, Picture, as_png
from indicators.series import Series
from indicators.sources import Row, Source
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)
from tests.portal.contrast import LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def picture(*years, breaks=(), name="Giá trị sản xuất", source="Báo cáo năm", **changes):
    """Return the picture of results and targets by year: (2023, "35360", "33857")."""
    rows = []
    for year, result, target in years:
        figure = figure_in_memory(year=year, result=result, target=target, **changes)
        figure.indicator.name = name
        rows.append(Row(figure, Source(1, None, source)))
    return Picture.of(Series(rows[0].figure.territory, rows, breaks))


def drawn(found):
    return etree.fromstring(found.svg.encode())


def words(tree):
    return [text.text for text in tree.iter(f"{SVG}text")]


def test_it_carries_all_that_its_page_would_say(settings):
    settings.DEPARTMENT = settings.DEPARTMENT | {"name": "Sở Công Thương thử"}
    shown = words(drawn(picture((2023, "35360", "33857"), result_qualifier="over")))
    for said in ("Giá trị sản xuất", "trên 35.360", "33.857", "Nguồn: Báo cáo năm.", "2023"):
        assert said in shown
    assert "Tỉnh Trà Vinh, năm 2023. Đơn vị tính: tỷ đồng" in shown
    assert "Sở Công Thương thử" in shown
    assert any(line.startswith("Cập nhật ngày ") for line in shown)


def test_it_is_described_for_whoever_does_not_see_it():
    tree = drawn(picture((2022, "31553", None), (2023, "35360", "33857")))
    assert tree.find(f"{SVG}title").text == "Giá trị sản xuất, Trà Vinh"
    described = tree.find(f"{SVG}desc").text
    assert "Năm 2023: thực hiện 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng." in described
    assert "Năm 2022: thực hiện 31.553 tỷ đồng." in described


def test_it_needs_nothing_else_and_runs_nothing():
    svg = picture((2023, "35360", "33857"), name="<script>alert(1)</script> & “Tên”").svg
    tree = etree.fromstring(svg.encode())
    assert {etree.QName(part).localname for part in tree.iter()} <= {
        "svg", "title", "desc", "rect", "line", "path", "circle", "g", "text",
    }  # fmt: skip
    names = {name for part in tree.iter() for name in part.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"style", "href"}]
    assert "<script>alert(1)</script> & “Tên”" in words(tree)


def test_a_target_is_told_from_a_result_by_its_shape():
    bars = drawn(picture((2023, "35360", "33857")))
    assert [line.get("stroke-width") for line in bars.iter(f"{SVG}line")].count("5") == 2
    points = drawn(picture((2022, "98", "99"), (2023, "99.61", "99.5"), unit="%"))
    assert len(list(points.iter(f"{SVG}path"))) == 3  # diamonds, one of them in the key
    assert len(list(points.iter(f"{SVG}circle"))) == 3
    assert "(trục không bắt đầu từ 0)" in " ".join(words(points))


def test_a_derived_plan_is_marked_as_such():
    shown = words(drawn(picture((2023, "35360", "33857"), target_is_derived=True)))
    assert "33.857*" in shown
    assert any("* Kế hoạch suy ra" in line for line in shown)


def test_a_break_of_the_series_is_drawn_and_explained():
    broken = [SeriesBreak(year=2023, reason="hợp nhất hai tỉnh")]
    years = [(2022, "98", None), (2023, "99", None), (2024, "99.5", None)]
    found = picture(*years, breaks=broken, unit="%")
    [(x, _)] = found.breaks
    assert found.years[0].x < x < found.years[1].x
    assert [other.column.year for *_, other, _ in found.result_lines] == [2024]
    assert any("hợp nhất hai tỉnh" in line for line in words(drawn(found)))


def test_a_long_name_and_many_sources_stay_inside():
    name = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng " * 3
    years = [(year, "1234567.8", "1234567.8") for year in range(2010, 2024)]
    found = picture(*years, name=name, source="Báo cáo tổng kết công tác năm. " * 20)
    assert [year.column.year for year in found.years] == list(range(2014, 2024))
    assert [len(found.title), len(found.notes)] == [3, 2]
    assert found.notes[-1].y < 640
    assert found.scale.height > 150
    assert found.label_size == 14


def test_colours_are_those_of_the_pages():
    pages = LIGHT | {"target": LIGHT["chart-target"], "result": LIGHT["chart-result"]}
    assert {name: pages[name.replace("_", "-")] for name in COLOURS} == COLOURS


def test_png_is_of_the_same_size_and_draws_vietnamese_letters():
    with_letters = as_png(picture((2023, "1", None), name="Ữ Ặ Ỗ Đường").svg)
    assert with_letters.startswith(b"\x89PNG")
    assert struct.unpack(">II", with_letters[16:24]) == (1200, 675)
    assert with_letters != as_png(picture((2023, "1", None), name="Ự Ẵ Ổ Đường").svg)


@pytest.mark.django_db
class TestAddresses:
    @pytest.fixture(autouse=True)
    def figures(self):
        indicator = make_indicator(name="Xuất khẩu")
        home = make_territory(code="tra-vinh", name="Trà Vinh", is_home=True)
        other = make_territory(code="an-giang", name="An Giang")
        make_figure(indicator=indicator, territory=home)
        make_figure(indicator=indicator, territory=other)

    def svg(self, client, query=""):
        return client.get(f"/chi-tieu/xuat-khau/bieu-do.svg{query}")

    def test_the_department_s_own_area_comes_first(self, client):
        assert "Xuất khẩu, Trà Vinh" in self.svg(client).content.decode()
        assert "Xuất khẩu, Trà Vinh" in self.svg(client, "?dia-ban=").content.decode()
        assert "Xuất khẩu, An Giang" in self.svg(client, "?dia-ban=an-giang").content.decode()

    @pytest.mark.parametrize("ending", ["svg", "png"])
    def test_unknown_ones_are_not_found(self, client, ending):
        make_indicator(name="Trống")
        for address in (
            f"/chi-tieu/khong-co/bieu-do.{ending}",
            f"/chi-tieu/trong/bieu-do.{ending}",
            f"/chi-tieu/xuat-khau/bieu-do.{ending}?dia-ban=ha-noi",
            f"/chi-tieu/xuat-khau/bieu-do.{ending}?dia-ban=%00",
        ):
            response = client.get(address)
            assert response.status_code == 404
            assert "Không tìm thấy" in response.content.decode()

    def test_they_say_what_they_are_and_may_do_nothing(self, client):
        for ending, kind in (("svg", "image/svg+xml; charset=utf-8"), ("png", "image/png")):
            response = client.get(f"/chi-tieu/xuat-khau/bieu-do.{ending}")
            assert response["Content-Type"] == kind
            assert response["Content-Disposition"] == f'inline; filename="xuat-khau.{ending}"'
            policy = response["Content-Security-Policy"]
            assert policy == "default-src 'none'; sandbox; frame-ancestors 'none'"
            again = client.get(
                response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]}
            )
            assert (again.status_code, again["Content-Security-Policy"]) == (304, policy)

    def test_the_page_is_shared_with_its_picture(self, client):
        page = client.get("/chi-tieu/xuat-khau/").content.decode()
        assert '/chi-tieu/xuat-khau/bieu-do.png"' in page
        assert 'property="og:image"' in page
