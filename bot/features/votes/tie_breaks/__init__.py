"""Problems that the votes cannot tell apart are put in order by the gathering; who and why is recorded."""
