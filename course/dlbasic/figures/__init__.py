"""Drawing functions: data in, marks on matplotlib Axes, the alternative text out. They know nothing of widgets."""

from .costs import budget_bars
from .exhibits import plot_shares, show_corridor, show_forgery, show_sizes, show_views, show_weights
from .still import plot_losses, show_digits

__all__ = [
    "budget_bars",
    "plot_losses",
    "plot_shares",
    "show_corridor",
    "show_digits",
    "show_forgery",
    "show_sizes",
    "show_views",
    "show_weights",
]
