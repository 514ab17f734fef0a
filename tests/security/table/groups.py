"""Groups of walkers that many lines name. Spelled out from the table of roles, not asked of the code under test."""

from tests.security.route import at, elsewhere

FIELD = (
    at("unit_head auxiliary property_manager", "unit")
    | at("grid_worker grid_leader property_manager professional", "grid")
    | at("grid_leader professional", "community")
    | at("professional", "street", "district", "other category", "other department")
    | elsewhere("unit_head auxiliary grid_worker grid_leader professional property_manager")
)
"""All who work on the spot, wherever that is."""
SEES_PLACE = (
    at("grid_worker grid_leader", "grid")
    | at("grid_leader community_officer counter_clerk", "community")
    | at("counter_clerk", "street")
    | at("call_taker dispatcher duty_officer inspector leader", "street", "district")
)
"""Those who see all cases of the place."""
PROFESSIONALS = at("professional", "district", "street", "community", "grid")
CONTACTS_PLACE = (
    at("grid_worker grid_leader", "grid")
    | at("grid_leader community_officer", "community")
    | at("dispatcher duty_officer", "street", "district")
)
"""Those who read the words and the contact of the place's reporters."""
PARTY = at("department_handler department_lead", "department")
DEPARTMENT_LEADS = at("department_lead", "department")
FILERS = (
    at("grid_worker grid_leader", "grid")
    | at("grid_leader community_officer", "community")
    | at("dispatcher duty_officer", "street", "district")
)
SOLVERS = at("grid_worker grid_leader", "grid") | at("grid_leader community_officer", "community")
ANSWERS_STREET = at("dispatcher duty_officer", "street")
"""Those at the level that answers for a street's case."""
OFFICERS = at("community_officer", "community") | at("dispatcher duty_officer", "street", "district")
COMMUNITY_OFFICERS = at("community_officer", "community")
LEADERS = at("leader", "street", "district")
LEADERS_ANYWHERE = LEADERS | elsewhere("leader")
DISTRICT_LEADERS = at("leader", "district")
"""Those one level above a case of the street."""
JUDGES = at("leader inspector", "district")
"""Those at the level above the street's: before them is an appeal against what the street did."""
CHECKERS = (
    at("grid_worker grid_leader", "grid")
    | at("grid_leader community_officer", "community")
    | at("inspector", "street", "district")
    | PROFESSIONALS
)
