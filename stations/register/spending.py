"""What stations spent of their activity funds (经费使用), and how much of what they were given (执行率)."""

from decimal import Decimal

from django.db.models import DecimalField as Yuan
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from stations.register.models import FundExpense

NOTHING = Decimal(0)


def with_spending(funds):
    """Each row of `ActivityFunds` with its `spent_yuan`: what its station spent in its year."""
    spent = FundExpense.objects.counted().filter(station=OuterRef("station"), spent_on__year=OuterRef("year"))
    total = spent.order_by().values("station").annotate(total=Sum("amount")).values("total")
    return funds.annotate(
        spent_yuan=Coalesce(Subquery(total), NOTHING, output_field=Yuan(max_digits=14, decimal_places=2))
    )
