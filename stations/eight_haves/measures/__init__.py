"""What the records of the register, the receptions and the visits say of a station."""

from stations.eight_haves.measures import activities, funds, ledgers, people, places, rules

MEASURES = [measure for subject in (places, people, rules, funds, activities, ledgers) for measure in subject.MEASURES]
