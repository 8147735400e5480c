"""What Slack takes at most, as its documentation of Block Kit and of the Web API publishes it."""

BLOCKS_OF_MESSAGE = 50
BLOCKS_OF_VIEW = 100
SECTION_TEXT = 3_000
CONTEXT_TEXT = 3_000
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
MESSAGE_TEXT = 4_000
"""Of a message's `text`, which notifications and screen readers use; Slack cuts it at 40,000 and advises 4,000."""
LABEL_TEXT = 2_000
OPTION_TEXT = 75
OPTIONS = 10
"""Of radio buttons."""
ALL_TEXT = 12_000
"""Of all blocks of a message together; Slack publishes it for the block `markdown`, and we keep to it with all."""
