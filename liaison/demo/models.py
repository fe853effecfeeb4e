"""That this database holds the demo, and which one."""

from django.db import models


class DemoLoad(models.Model):
    """The one loading of the demo: its seed and its day are kept, so that it is the same demo ever after."""

    seed = models.BigIntegerField()
    today = models.DateField()
    scale = models.CharField(max_length=20)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.today} {self.seed}"
