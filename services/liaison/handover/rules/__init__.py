"""What a hand-over decides, pure: names, the inventory, a record's place, reconciliation, receipts."""
