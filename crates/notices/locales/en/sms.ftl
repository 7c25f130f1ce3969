# Texts for phones: one short segment each. Accents are taken out where the phone alphabet has none.
sms-compartment = locker { $label }
sms-compartment-bank = locker { $label } ({ $bank })
sms-shelf = shelf { $label }
sms-desk = front desk
sms-several = { $count ->
    [one] 1 place
   *[other] { $count } places
}
sms-waiting = { $site }: { $parcels } for you, { $places }.
sms-moved = { $site }: moved, now { $places }: { $parcels }.
sms-new-code = { $site }: new pickup code.
sms-collect-soon = { $site }: collect soon: { $parcels }, { $places }.
sms-handed-over = { $site }: { $parcels } handed over.
sms-returned = { $site }: { $parcels } returned to the carrier.
sms-written-off = { $site }: { $parcels } no longer kept here.
sms-collected = { $site }: { $parcels } taken out with your code, { $when }. Not you? Tell us.
sms-collected-by = { $site }: { $name } collected { $parcels }.
sms-card-used = { $site }: your resident card was used, { $where }, { $when }.
sms-at-door = { $site }: somebody asks to be let in, { $where }, { $when }.
sms-let-in = { $site }: somebody was let in to you, { $where }, { $when }.
sms-code = Keypad { $keypad }, then { $pin }.
sms-until = Until { $until }.
sms-help = Help { $phone }
