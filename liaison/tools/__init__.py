"""Ground floor: plain Python and abstract models that know no app of ours."""
