"""Which action answers an intent outside of forms, so that a form can hand a message over to it."""

ANSWERED_BY = {
    "ask_what_you_know": "action_show_profile",
    "correct_reading": "action_follow_up",
    "start_over": "action_show_menu",
    "something_else": "action_show_menu",
    "say_goodbye": "utter_goodbye",
    "ask_capabilities": "utter_capabilities",
    "ask_identity": "utter_identity",
    "thank": "utter_welcome",
    "complain": "utter_sorry",
    "affirm": "utter_acknowledge",
    "deny": "utter_acknowledge",
    "nlu_fallback": "action_repair",
    "out_of_scope_noise": "action_repair",
}
"""Where the name is not the intent's own."""
UTTERED = ("acknowledge",)


def action_for(intent: str) -> str:
    """Return the action that the rules of data/rules give this intent."""
    if intent in ANSWERED_BY:
        return ANSWERED_BY[intent]
    return f"{'utter' if intent.startswith('out_of_scope_') or intent in UTTERED else 'action'}_{intent}"
