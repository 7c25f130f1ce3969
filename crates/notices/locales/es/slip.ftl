# A printed slip for somebody no message reaches.
slip-title-waiting = { $count ->
    [one] Le espera un paquete
   *[other] Le esperan { $count } paquetes
}
slip-title-about = Sobre sus paquetes
slip-qr = O muestre esta imagen al lector.
slip-keep = Guarde esta hoja para usted: quien la tenga puede llevarse los paquetes.
slip-desk = Recepción: muestre esta hoja.
slip-desk-hours = Recepción: muestre esta hoja. Horario: { $hours }.
