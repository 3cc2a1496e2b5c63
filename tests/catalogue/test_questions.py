"""What people ask about leads, in words that they would use, and words that are no such question."""

from __future__ import annotations

import pytest

from validator.catalogue import diagnose, entries

ASKED = {
    "test-lead-search": [
        "I can't find the test lead, where is it?",
        "where do I look for the MSFT_TEST test lead in our CRM",
        "The test lead never arrived",
    ],
    "connection-confirmation": [
        "How do I confirm that the connection to my CRM works?",
        "can we test our lead destination before going live",
        "how to validate the lead configuration",
    ],
    "lead-origin": ["How are leads generated?", "What makes a lead", "Where do our leads come from?"],
    "live-offer-without-leads": [
        "My live offer has been up for a month but I do not see any leads",
        "We are not receiving leads from AppSource any more",
        "no leads come",
    ],
    "mail-without-lead": [
        "We got an e-mail about a customer but the lead is missing in Dynamics",
        "why are leads of .edu customers not in our CRM",
    ],
    "table-leads-view": [
        "how do I view leads in the Azure table",
        "where can I see our leads in table storage",
    ],
    "table-leads-notification": ["can I be notified of new leads in the table", "set an alert for new leads"],
    "table-cost": [
        "How much does it cost to store leads in an Azure table?",
        "what does azure table cost for leads",
    ],
    "salesforce-leads-missing": [
        "Salesforce shows no leads",
        "our leads do not show up, they are missing in Salesforce",
    ],
    "missed-leads-by-mail": [
        "can you send us the leads we missed",
        "could missed leads be sent to me by email?",
    ],
    "destination-optional": ["Is it required to set a lead destination?", "do I need a CRM to publish"],
    "duplicate-leads": ["why do we get duplicate leads", "the same customer shows up twice as a lead"],
    "lead-data-missing": [
        "our leads arrive empty",
        "some leads have no phone number",
        "which leads come without email",
    ],
    "notification-recipients": [
        "How do I change who gets these emails about leads?",
        "change the contact email for our leads",
    ],
    "setup-help": ["I need help with my lead destination", "open a support ticket about missing leads"],
}

OTHER = [
    "How much does an E5 licence cost?",
    "I cannot find the email in my inbox",
    "The test failed: connection refused",
    "Confirm your e-mail address to activate the account",
    "Is a password required?",
    "there are duplicate keys in the table",
    "who receives the invoice?",
    "this led to a missed deadline",
    "contact support for help with billing",
    "Salesforce login page is down",
]


def test_every_question_has_its_phrasings():
    assert set(ASKED) == {entry.id for entry in entries().values() if entry.question}


@pytest.mark.parametrize(
    ("entry", "text"), [(entry, text) for entry, texts in ASKED.items() for text in texts]
)
def test_a_question_is_answered(entry, text):
    found = diagnose(text)
    assert found.verdict == "matched"
    assert entry in [match.entry.id for match in found.matches[:2]]


@pytest.mark.parametrize("text", OTHER)
def test_other_questions_are_not(text):
    assert not any(
        match.entry.question and match.confidence != "possible" for match in diagnose(text).matches
    )


@pytest.mark.parametrize("entry", ASKED)
def test_no_service_asks_anything(entry):
    for text in ASKED[entry]:
        assert not any(match.entry.question for match in diagnose(text, status=500).matches)
