"""Sends the keys to their own database and keeps everything else out of it."""


class KeysRouter:
    def db_for_read(self, model, **hints):
        return "keys" if model._meta.app_label == "keys" else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return (one._meta.app_label == "keys") == (other._meta.app_label == "keys")

    def allow_migrate(self, db, app_label, **hints):
        return (app_label == "keys") == (db == "keys")
