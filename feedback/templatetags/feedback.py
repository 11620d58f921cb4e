"""What other pages show of this app: the forms under an article, the poll on the home page."""

from django import template

from feedback.forms import SubmissionForm
from feedback.models import Option

register = template.Library()


@register.inclusion_tag("feedback/_article_form.html")
def feedback_form(article):
    """Show the form for feedback on an article, the same for everybody: no token, no code."""
    return {"form": SubmissionForm(initial={"article": article.slug}), "article": article}


@register.inclusion_tag("feedback/_opinion_box.html")
def opinion_box(article):
    """Ask whether an article helped, everybody alike."""
    return {"article": article}


@register.inclusion_tag("feedback/_poll_box.html")
def poll_box():
    """Show the first open poll; nothing when there is none."""
    options = list(Option.objects.of_first_open_poll())
    return {"options": options, "poll": options[0].poll if options else None}
