"""Columns of the registers, headed as the field is named."""

from liaison.tools.sheets import Column


def column(model, name, value=None) -> Column:
    return Column(name, model._meta.get_field(name).verbose_name, value)


def columns(model, *names) -> tuple[Column, ...]:
    return tuple(column(model, name) for name in names)
