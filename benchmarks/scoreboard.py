"""
What the pages of indicators take with 60 indicators over 20 years, each rendered anew.

A portal with a database made for it is asked in turn; the queries are counted apart, because
counting them takes time. On a busy machine the fastest answer says more than the middle one.
"""

import contextlib
import os
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

INDICATORS, YEARS, LAST_YEAR = 60, 20, 2024
GROUPS, ARTICLES = 6, 40
TIMES = 40  # each page is asked for
LONGEST_SERIES = "/chi-tieu/chi-tieu-so-0/"


def main() -> None:
    with tempfile.TemporaryDirectory() as data, portal_in(data):
        fill()
        measured = {address: measure(address) for address in addresses()}
    print("| page | queries | fastest ms | median ms | kB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for address, (queries, times, size) in measured.items():
        fastest, middle = min(times), median(times)
        print(f"| {address} | {queries} | {fastest:.0f} | {middle:.0f} | {size / 1000:.0f} |")


@contextlib.contextmanager
def portal_in(data: str):
    os.environ |= {"PORTAL_DATA": data, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from portal import embedded
    from portal.staticfiles import collect_if_changed

    settings.ALLOWED_HOSTS.append("testserver")
    with embedded.running(Path(settings.DATA)):
        call_command("migrate", verbosity=0)
        collect_if_changed()
        yield


def addresses() -> list[str]:
    first = LAST_YEAR - 5
    return [
        "/chi-tieu/",
        f"/chi-tieu/nam/{LAST_YEAR}/",
        f"/chi-tieu/so-sanh/?tu={first}&den={LAST_YEAR}",
        LONGEST_SERIES,
    ]


def measure(address: str) -> tuple[int, list[float], int]:
    """Return the queries of a page, the milliseconds of each visit and its bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    with CaptureQueriesContext(connection) as asked:
        found = client.get(address)
    queries = len(asked)  # before the requests to come clear the log
    if found.status_code != 200:
        raise RuntimeError(f"{address} answered {found.status_code}")
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return queries, times, len(found.content)


def fill() -> None:
    """Store the figures with all they may have: plans, stages, sources, revisions, quotations."""
    from django.db import connection
    from django.utils import timezone

    from indicators.models import Figure, Indicator, IndicatorGroup, Quotation, Territory
    from news.models import Article, Category

    home = Territory.objects.create(code="nha", name="Nhà", full_name="tỉnh Nhà", is_home=True)
    home.breaks.create(year=LAST_YEAR - 3, reason="hợp nhất hai tỉnh")
    groups = [
        IndicatorGroup.objects.create(name=f"Nhóm {n}", slug=f"nhom-{n}", position=n)
        for n in range(GROUPS)
    ]
    indicators = [
        Indicator.objects.create(
            code=f"CT{n}",
            name=f"Chỉ tiêu số {n}",
            group=groups[n % GROUPS],
            unit="tỷ đồng",
            position=n,
        )
        for n in range(INDICATORS)
    ]
    category, now = Category.objects.create(name="Công nghiệp"), timezone.now()
    articles = [
        Article.objects.create(
            title=f"Báo cáo thứ {n}",
            lead="Kết quả của năm.",
            body="<p>Số liệu.</p>",
            state=Article.State.APPROVED,
            published_at=now - timedelta(days=n + 1),
            category=category,
        )
        for n in range(ARTICLES)
    ]
    figures = Figure.objects.bulk_create(
        Figure(
            indicator=indicator,
            territory=home,
            year=LAST_YEAR - age,
            target=Decimal(1000 + 7 * number - 20 * age),
            result=Decimal(990 + 8 * number - 19 * age),
            stage=Figure.Stage.PRELIMINARY,
            article=articles[(number + age) % ARTICLES],
            source=f"Báo cáo năm {LAST_YEAR - age}",
        )
        for number, indicator in enumerate(indicators)
        for age in range(YEARS)
    )
    for figure in figures[:YEARS]:
        for days in (40, 10):
            figure.keep_as_revision(at=now - timedelta(days=days))
        Quotation.objects.bulk_create(
            Quotation(figure=figure, article=article) for article in articles[:5]
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
