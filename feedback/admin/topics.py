"""What published questions and answers are about."""

from django.contrib import admin
from django.db.models import Count, Q

from feedback.models import Topic
from portal.admin_search import FoldedSearch


@admin.register(Topic)
class TopicAdmin(FoldedSearch, admin.ModelAdmin):
    list_display = ["name", "slug", "published", "position"]
    search_fields = ["name__folded"]
    fields = ["name", "slug", "position"]

    def get_queryset(self, request):
        is_public = Q(submissions__is_public=True)
        return super().get_queryset(request).annotate(shown=Count("submissions", filter=is_public))

    @admin.display(description="câu trả lời đã đăng", ordering="shown")
    def published(self, topic):
        return topic.shown
