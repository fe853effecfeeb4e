"""The door for gunicorn and every other WSGI server. It does not open onto an unfit environment."""

import os

from django.core.wsgi import get_wsgi_application

from liaison.tools import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")
application = get_wsgi_application()
startup.refuse()
