"""Django asks here who may do what; the answer is roles.py and scope.py."""

from django.contrib.auth.backends import ModelBackend

from liaison.accounts.scope import scope_of


class RoleBackend(ModelBackend):
    """Permissions come from roles alone; groups and single permissions are not used."""

    def get_all_permissions(self, user_obj, obj=None):
        return set(scope_of(user_obj).permissions)

    def has_perm(self, user_obj, perm, obj=None):
        """With an object: whether one of the user's roles holds the permission *on this row*."""
        if perm not in scope_of(user_obj).permissions:
            return False
        if obj is None or not hasattr(type(obj)._default_manager.all(), "visible_to"):
            return True
        return type(obj)._default_manager.all().visible_to(user_obj, perm).filter(pk=obj.pk).exists()

    def has_module_perms(self, user_obj, app_label):
        return app_label in scope_of(user_obj).modules
