"""The room adaptation: path of the option in the scenario, class."""

from __future__ import annotations

from sim.mechanisms.adaptation.adjustment import Adjustment
from sim.mechanisms.adaptation.alerts import Alerts
from sim.mechanisms.adaptation.colours import ThreeColours
from sim.mechanisms.adaptation.remedies import Cycle, Trials
from sim.mechanisms.adaptation.rewards import Awards, DutyShares, ResultsMoney
from sim.mechanisms.mechanism import Mechanism

ROOM: dict[str, type[Mechanism]] = {
    "adaptation.alerts": Alerts,
    "adaptation.three_colours": ThreeColours,
    "adaptation.adjustment": Adjustment,
    "adaptation.cycle": Cycle,
    "adaptation.results_money": ResultsMoney,
    "adaptation.trials": Trials,
    "adaptation.awards": Awards,
    "adaptation.duty_shares": DutyShares,
}
"""The mechanisms of the room. All of them look at scores that the room scoring has published before."""
