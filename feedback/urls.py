from django.urls import path

from feedback.views import answers, polls, sending, tracking

app_name = "feedback"

urlpatterns = [
    path("gop-y/", sending.send, name="send"),
    path("gop-y/da-nhan/", sending.received, name="received"),
    path("gop-y/ma/", sending.challenge_parts, name="challenge"),
    path("gop-y/ma/<str:token>.png", sending.challenge_image, name="challenge-image"),
    path("gop-y/ma/<str:token>.wav", sending.challenge_sound, name="challenge-sound"),
    path("gop-y/tra-cuu/", tracking.track, name="track"),
    path("gop-y/hoi-dap/", answers.answers, name="answers"),
    path("danh-gia/", polls.poll, name="poll"),
    path("danh-gia/ket-qua/", polls.poll_results, name="poll-results"),
]
