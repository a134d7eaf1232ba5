"""What is awaited from whoever answers those who reported."""

# Why a problem is not in the plan; `awaiting_id` is the problem.
WHY_NOT = "answer:why-not"
