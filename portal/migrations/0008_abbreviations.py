"""Abbreviations of Vietnamese offices that are known from the start; staff add their own."""

from django.db import migrations

KNOWN = """
UBND|Ủy ban nhân dân
HĐND|Hội đồng nhân dân
SCT|Sở Công Thương
BCT|Bộ Công Thương
BCĐ|Ban chỉ đạo
MTTQ|Mặt trận Tổ quốc
QLTT|Quản lý thị trường
QLNN|Quản lý nhà nước
KCN|Khu công nghiệp
CCN|Cụm công nghiệp
KCX|Khu chế xuất
KKT|Khu kinh tế
CNHT|Công nghiệp hỗ trợ
CNNT|Công nghiệp nông thôn
TTCN|Tiểu thủ công nghiệp
CNTT|Công nghệ thông tin
CNC|Công nghệ cao
SXCN|Sản xuất công nghiệp
GTSX|Giá trị sản xuất
GTSXCN|Giá trị sản xuất công nghiệp
IIP|Chỉ số sản xuất công nghiệp
CPI|Chỉ số giá tiêu dùng
GRDP|Tổng sản phẩm trên địa bàn
GDP|Tổng sản phẩm trong nước
NSNN|Ngân sách nhà nước
NSLĐ|Năng suất lao động
FDI|Đầu tư trực tiếp nước ngoài
ODA|Hỗ trợ phát triển chính thức
FTA|Hiệp định thương mại tự do
XK|Xuất khẩu
NK|Nhập khẩu
XNK|Xuất nhập khẩu
TMĐT|Thương mại điện tử
XTTM|Xúc tiến thương mại
TMBL|Tổng mức bán lẻ
TTHC|Thủ tục hành chính
CCHC|Cải cách hành chính
DVC|Dịch vụ công
DVCTT|Dịch vụ công trực tuyến
CĐS|Chuyển đổi số
TNHH|Trách nhiệm hữu hạn
DNNVV|Doanh nghiệp nhỏ và vừa
DNNN|Doanh nghiệp nhà nước
HTX|Hợp tác xã
OCOP|Mỗi xã một sản phẩm
ATTP|An toàn thực phẩm
VSATTP|Vệ sinh an toàn thực phẩm
ATVSLĐ|An toàn vệ sinh lao động
PCCC|Phòng cháy chữa cháy
BVMT|Bảo vệ môi trường
VLNCN|Vật liệu nổ công nghiệp
LPG|Khí dầu mỏ hóa lỏng
NLTT|Năng lượng tái tạo
TKNL|Tiết kiệm năng lượng
ĐMT|Điện mặt trời
TBA|Trạm biến áp
TƯ|Trung ương
TW|Trung ương
TP|Thành phố
HCM|Hồ Chí Minh
TPHCM|Thành phố Hồ Chí Minh
ĐBSCL|Đồng bằng sông Cửu Long
VN|Việt Nam
QĐ|Quyết định
NĐ|Nghị định
NQ|Nghị quyết
GPKD|Giấy phép kinh doanh
ĐKKD|Đăng ký kinh doanh
KHCN|Khoa học công nghệ
BHXH|Bảo hiểm xã hội
BHYT|Bảo hiểm y tế
KTXH|Kinh tế - xã hội
NTM|Nông thôn mới
NNL|Nguồn nhân lực
CBCC|Cán bộ, công chức
"""


def add(apps, schema_editor):
    known = [line.split("|") for line in KNOWN.split("\n") if line]
    apps.get_model("portal", "Abbreviation").objects.bulk_create(
        [apps.get_model("portal", "Abbreviation")(short=short, long=long) for short, long in known],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_search")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
