from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Chỉ tiêu"

    def ready(self):
        from indicators import inserted
        from indicators.checking.checklist import figures_contradict_each_other
        from news import checklist
        from news.models import Article

        checklist.register(figures_contradict_each_other)
        checklist.register(inserted.figures_have_changed)
        Article.kept_in_step.append(inserted.join)
