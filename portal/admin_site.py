from django.conf import settings
from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    site_header = f"Quản trị cổng thông tin {settings.DEPARTMENT['name']}"
    site_title = "Quản trị"
    index_title = "Bàn làm việc"
