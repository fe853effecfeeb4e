"""The door through which every opinion comes in: the web form, the desk, a visit, an import.

A form's token makes a submission one opinion however often it is sent: its hash is unique in the database, so of
twenty at once one is kept and all twenty get the same receipt, computed again from the token's nonce.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion
from feedback.submissions import receipts, tokens
from feedback.submissions.models import Reporter
from liaison.rulebook import clocks
from liaison.rulebook.office import served_division
from liaison.tools import files
from liaison.tools.workflow import RESIDENT


@dataclass(frozen=True)
class Receipt:
    """What somebody gets who said something: the opinion, and the code that opens its page."""

    opinion: Opinion
    code: str
    is_repeat: bool = False
    said_otherwise: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the code still opens the page: once it was reissued, the first one does not."""
        return receipts.fits(self.code, self.opinion.code_hash)

    @property
    def grouped_code(self) -> str:
        return receipts.grouped(self.code)


@dataclass
class Said:
    """What somebody said, cleaned and checked. `reporter` holds identity_mode, share_identity, name, phone."""

    body: str
    place: str
    station: object = None
    division: object = None  # where it is not told: the station's, or that which the installation serves
    channel: str = "web"
    reporter: dict = field(default_factory=dict)
    publish_consent: bool = False
    photos: list = field(default_factory=list)
    received_at: datetime | None = None
    entered_at: datetime | None = None
    facts: dict = field(default_factory=dict)  # category, urgency, visit, region, message_id …


def take(said: Said, *, nonce: str | None = None, by=RESIDENT) -> Receipt:
    """Keep it and give its receipt; the same nonce again gives the same receipt and keeps nothing more."""
    known = _known(nonce, said) if nonce else None
    return known or _take(said, nonce or tokens.issue().nonce, by)


def _take(said, nonce, by) -> Receipt:
    names = []
    try:
        names.extend((photo, files.store(photo, default_storage)) for photo in said.photos)
        with transaction.atomic():
            return Receipt(_keep(said, nonce, by, names), receipts.code_of(nonce))
    except BaseException as problem:
        for _photo, name in names:
            files.discard(name, default_storage)
        known = _known(nonce, said) if isinstance(problem, IntegrityError) else None
        if known is None:
            raise
        return known


def _known(nonce, said) -> Receipt | None:
    opinion = Opinion.objects.filter(token_hash=_token_hash(nonce)).first()
    if opinion is None:
        return None
    return Receipt(opinion, receipts.code_of(nonce), True, (opinion.body, opinion.place) != (said.body, said.place))


def _keep(said, nonce, by, names) -> Opinion:
    entered_at = said.entered_at or timezone.now()
    received_at = said.received_at or entered_at
    opinion = Opinion(
        token_hash=_token_hash(nonce),
        code_hash=receipts.stored(receipts.code_of(nonce)),
        received_at=received_at,
        entered_at=entered_at,
        state=workflow.BEGINS,
        station=said.station,
        division=said.division or (said.station.division if said.station else served_division()),
        channel=said.channel,
        body=said.body,
        place=said.place,
        publish_consent=said.publish_consent,
        entered_by=by if by.pk else None,
        reporter=Reporter.take(**said.reporter) if said.reporter is not None else None,
        **said.facts,
    )
    _set_clock(opinion)
    opinion.save(force_insert=True)
    for photo, name in names:
        opinion.photos.create(file=name, sha256=photo.sha256, width=photo.width, height=photo.height)
    opinion.begin(by=by, at=received_at)
    return opinion


def _set_clock(opinion):
    if opinion.channel != "import":  # what comes from elsewhere keeps no clock of ours
        opinion.accept_due_on = clocks.due_on("accept", opinion.division_id, timezone.localdate(opinion.received_at))


def _token_hash(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
