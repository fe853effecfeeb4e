from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "liaison.keys"
