"""Headers that hold for every answer, whoever gives it: static files and refusals too."""

from django.conf import settings


class Headers:
    """Middleware, above whatever may answer. Nobody else's page may embed what comes from here; no cache keeps
    what was answered to somebody signed in, unless it says itself how long it may be kept (static files do)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", "no-store")
        return response
