"""What this site says of itself: who keeps what and why, and what works for whom."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def privacy(request):
    return render(request, "public/about/privacy.html")


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "public/about/accessibility.html")
