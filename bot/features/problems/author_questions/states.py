"""What a typed message may be the answer to."""

# Of a facilitator; `awaiting_id` is the problem.
QUESTION = "inquiries:question"
# Of an author; `awaiting_id` is the inquiry.
ANSWER = "inquiries:answer"
