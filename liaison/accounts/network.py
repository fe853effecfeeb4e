"""Whose computer a request comes from, as far as our own proxies can vouch for it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

NETWORK_OF_A_HOME = 64  # bits of an IPv6 address; a computer picks the rest of it as it likes


def address_of(request) -> str | None:
    """Each proxy of ours appends who asked it; whatever stands before those entries is the client's own say-so."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    chain = [*said, request.META.get("REMOTE_ADDR", "")]
    place = -(settings.TRUSTED_PROXY_COUNT + 1)
    chosen = chain[place] if -place <= len(chain) else chain[-1]
    return _plain(chosen) or _plain(chain[-1])


def network_of(request) -> str | None:
    """What is counted as one place to guess from: the address, of IPv6 the network."""
    address = address_of(request)
    if address and isinstance(ip_address(address), IPv6Address):
        return str(ip_network((address, NETWORK_OF_A_HOME), strict=False).network_address)
    return address


def _plain(text: str) -> str | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)
