"""What somebody needs to look around in the demo: the address, the accounts, one receipt."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from feedback.opinions.models import Opinion
from feedback.submissions import receipts
from liaison.accounts.models import User
from liaison.demo.library import rows
from liaison.demo.models import DemoLoad
from liaison.demo.opinions import nonce_of
from liaison.tools.sealed import keyed_hash, master

OWN_ACCOUNTS = ("posts", "accounts", "organisations", "pairings")  # the texts that name accounts


def own_password() -> str:
    """Different on every installation and the same at every start, so nothing needs to be written down."""
    digest = keyed_hash(master(settings.SECRET_KEY), "demo password", "")
    return f"demo-{digest[:4]}-{digest[4:8]}"


def accounts():
    """The accounts that can sign in, in the order of the texts."""
    names = [row["username"] for text in OWN_ACCOUNTS for row in rows(text) if row["username"]]
    return sorted(User.objects.filter(username__in=names), key=lambda user: names.index(user.username))


def change_password(password: str) -> None:
    User.objects.filter(pk__in=[user.pk for user in accounts()]).update(password=make_password(password))


def lines(address: str, password: str) -> Iterator[str]:
    """What is printed at every start; `password` as it is known, or words that say who knows it."""
    yield ""
    yield _line(_("Address"), f"{address}/")
    yield _line(_("Sign in"), f"{address}/accounts/login/")
    yield _line(_("Accounts"), ", ".join(user.username for user in accounts()))
    yield _line(_("Password of all of them"), password)
    yield from _receipt(address)
    yield _("All bodies, people and matters are invented. Stop with Ctrl+C.")
    yield ""


def _line(name, words) -> str:
    """Gettext finds no words inside an f-string, so the names come in from outside."""
    return f"{name}: {words}"


def kept_password() -> str:
    """The password as far as it can be known later: only its hash is kept."""
    password = own_password()
    return password if accounts()[0].check_password(password) else _("the one given with --password before")


def _receipt(address) -> Iterator[str]:
    """A number and its query code whose result waits to be rated."""
    seed = DemoLoad.objects.get().seed
    for row in rows("matters"):
        nonce = nonce_of(seed, row["key"])
        told = Opinion.objects.filter(token_hash=hashlib.sha256(nonce.encode()).hexdigest(), state="fed_back").first()
        if told:
            code = receipts.grouped(receipts.code_of(nonce))
            yield _line(_("Track and rate"), f"{address}/opinions/track/  {told.number}  {code}")
            return
