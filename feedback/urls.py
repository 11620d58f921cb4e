from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    path("gop-y/", views.send, name="send"),
    path("gop-y/da-nhan/", views.received, name="received"),
    path("gop-y/ma/", views.challenge_parts, name="challenge"),
    path("gop-y/ma/<str:token>.png", views.challenge_image, name="challenge-image"),
    path("gop-y/ma/<str:token>.wav", views.challenge_sound, name="challenge-sound"),
    path("gop-y/tra-cuu/", views.track, name="track"),
    path("gop-y/hoi-dap/", views.answers, name="answers"),
    path("danh-gia/", views.poll, name="poll"),
    path("danh-gia/ket-qua/", views.poll_results, name="poll-results"),
]
