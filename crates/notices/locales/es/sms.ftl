# Texts for phones: one short segment each. Accents are taken out where the phone alphabet has none.
sms-compartment = casillero { $label }
sms-compartment-bank = casillero { $label } ({ $bank })
sms-shelf = estante { $label }
sms-desk = recepción
sms-several = { $count ->
    [one] 1 lugar
   *[other] { $count } lugares
}
sms-waiting = { $site }: { $parcels } para usted, { $places }.
sms-moved = { $site }: cambio de lugar, ahora { $places }: { $parcels }.
sms-new-code = { $site }: nuevo código de recogida.
sms-collect-soon = { $site }: recoger pronto: { $parcels }, { $places }.
sms-handed-over = { $site }: entrega de { $parcels }.
sms-returned = { $site }: devolución de { $parcels } al transportista.
sms-written-off = { $site }: fuera de la lista, ya no se guarda aquí: { $parcels }.
sms-collected = { $site }: { $parcels } con su código, { $when }. ¿No fue usted? Avísenos.
sms-collected-by = { $site }: { $name } recogió { $parcels }.
sms-card-used = { $site }: se usó su tarjeta de residente, { $where }, { $when }.
sms-at-door = { $site }: alguien pide que le abran, { $where }, { $when }.
sms-let-in = { $site }: se abrió a alguien que venía a verle, { $where }, { $when }.
sms-code = Teclado { $keypad }, luego { $pin }.
sms-until = Hasta { $until }.
sms-help = Ayuda { $phone }
