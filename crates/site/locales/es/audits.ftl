# Recuentos: recorrer los lugares, lo que difiere, el informe.

staff-reason-audit = Comparar lo que hay dentro, en un recuento
staff-audits = Recuentos
staff-audits-lead = Recorra puertas y estantes con un teléfono y diga qué hay. Lo que difiere queda en un informe firmado.
staff-audits-live = En curso
staff-audits-begin = Empezar un recorrido por
staff-audit-again = { $what } otra vez
staff-audit-walked = Recorrido hoy a las { $when } por { $who }
staff-audit-walked-in-part = { $n } de { $all } lugares recorridos hoy, el último a las { $when } por { $who }
staff-audit-walked-going-on = Recorrido hoy a las { $when } por { $who }, en el recuento { $audit }, que sigue
staff-audit-being-walked = El recuento { $audit } pasa ahora por aquí
staff-audits-past = Recuentos anteriores
staff-audits-none-title = Ningún recuento todavía
staff-audits-none = Aquí estará su informe mientras se guarde el registro.
staff-audit = Recuento
staff-audit-n = Recuento { $n }
staff-audit-everything = Todo
staff-audit-desk = Lo que el personal ha aceptado
staff-audit-shelves = Estantes { $shelves }
staff-audit-progress = { $n } de { $all } lugares
staff-audit-paused = En pausa
staff-audit-is-paused = Este recorrido está en pausa. Lo visto se conserva.
staff-audit-go-on = Continuar
staff-audit-pause = Pausa
staff-audit-left-open = El casillero { $door } sigue abierto. Ciérrelo antes de abrir otro.
staff-audit-looked = Alguien ya miró aquí. Puede mirar otra vez.
staff-audit-door-shut = La puerta está cerrada
staff-audit-door-opening = La puerta se está abriendo
staff-audit-door-open = La puerta está abierta
staff-audit-door-shut-again = La puerta está cerrada otra vez
staff-audit-open = Abrir { $door }
staff-audit-see = Ver si se abrió
staff-audit-scan = Escanee o escriba un número
staff-audit-scan-hint = Un número de seguimiento o el número de un paquete. Escanee todo lo que vea; después toque lo que no escaneó. La etiqueta de un estante lleva a él.
staff-audit-scan-add = Añadir
staff-audit-should-be-empty = Aquí no debería haber nada.
staff-audit-also = Visto aquí, registrado en otro lugar
staff-audit-there = Está
staff-audit-gone = No está
staff-audit-unknown = Cuántas cosas nadie conoce
staff-audit-done-here = Listo aquí
staff-audit-skip = Pasar de largo
staff-audit-next = Siguiente lugar
staff-audit-drawn = El casillero { $door } en su bloque
staff-audit-shelf = Estante { $shelf }
staff-audit-drawn-shelf = El estante { $shelf } en su sala
staff-audit-to-end = Diferencias y final ({ $n })
staff-audit-note-added = Añadido: está.
staff-audit-note-unknown = Nadie conoce este número. Cuenta como desconocido; recíbalo en el mostrador.
staff-audit-note-unread = Eso no es el número de un paquete. Escanee otra vez o toque lo que ve.
staff-audit-note-at-shelf = Está en este estante.
staff-audit-note-unrecorded = Pulse primero «Listo aquí», o se pierde lo que dijo aquí. Luego escanee el estante siguiente.
staff-audit-note-shelf-gone = Ese estante está fuera de servicio. Quite su etiqueta.
staff-audit-note-shelf-not-walked = Ese estante no es un lugar de este recuento.
staff-audit-note-unanswered = Diga de cada paquete si está.
staff-audit-skipped-in_use = Pasado de largo: alguien lo está usando o un paquete va hacia allí
staff-audit-skipped-board_silent = Pasado de largo: su placa de cierres no responde
staff-audit-skipped-being_tested = Pasado de largo: se prueba el cableado de su bloque
staff-audit-skipped-no_lock = Pasado de largo: no se conoce su cierre
staff-audit-skipped-did_not_open = Pasado de largo: su puerta no se abrió
staff-audit-skipped-staff = Pasado de largo
staff-audit-end-lead = Diga qué pasa con cada diferencia y termine el recuento. Nada ocurre por sí solo.
staff-audit-no-difference = Nada difiere.
staff-audit-all-settled = Cada diferencia está resuelta. El recuento puede terminar.
staff-audit-absent = { $parcel } debería estar en { $place } y no se vio
staff-audit-astray = { $parcel } se vio en { $place }; consta en otro lugar: { $recorded }
staff-audit-do-missing = Falta
staff-audit-do-moved = Se queda donde se vio
staff-audit-do-taken = Me lo llevo
staff-audit-do-put_back = Lo devolví a su lugar
staff-audit-do-left = Dejarlo por ahora
staff-audit-look-again = Mirar otra vez
staff-audit-settled = Resuelto
staff-audit-settled-missing = falta
staff-audit-settled-moved = registrado donde se vio
staff-audit-settled-taken = se lo llevó el personal
staff-audit-settled-put_back = devuelto a su lugar
staff-audit-settled-left = dejado como estaba
staff-audit-settled-meanwhile = cambió de manos durante el recorrido
staff-audit-settled-nothing = nadie dijo nada
staff-audit-unknown-title = Cosas que nadie conoce
staff-audit-things = cosas que nadie conoce: { $n }
staff-audit-unknown-do = Recíbalas en el mostrador para avisar a sus dueños.
staff-audit-not-looked = Sin mirar
staff-audit-nobody-there = nadie miró
staff-audit-end = Terminar el recuento
staff-audit-abandon = Abandonarlo
staff-audit-abandon-ask = El informe conserva lo visto y no pasa nada más.
staff-audit-finished = Terminado
staff-audit-abandoned = Abandonado
staff-audit-lapsed = Terminó por sí solo
staff-audit-goes-on = sigue en curso
staff-audit-report = Informe
staff-audit-differences = Diferencias
staff-audit-notes = Notas
staff-audit-get = Descargar el informe firmado
staff-audit-signature = Firma: ______________________________
staff-audit-fact-over = Recorrido
staff-audit-fact-began = Inicio
staff-audit-fact-ended = Fin
staff-audit-fact-walkers = Quién miró
staff-audit-fact-looked = Lugares mirados
staff-audit-fact-seen = Paquetes vistos
staff-audit-fact-count = Diferencias
staff-audit-head-parcel = Paquete
staff-audit-head-what = Qué
staff-audit-head-place = Lugar
staff-audit-head-outcome = Qué pasó con él
staff-audit-was-absent = no visto
staff-audit-was-astray = visto, registrado en otro lugar

staff-task-audit-left = Un recuento quedó a medias
staff-task-audit-left-detail = Nadie continuó el recuento { $n } y terminó. Su informe dice lo hallado hasta entonces.
staff-task-audit-left-do = Ver el informe
staff-task-short-audit-left = un recuento que quedó a medias

event-audit-began = el recuento { $n } empezó por { $places } lugares
event-audit-door-opens = { $door } se abre en el recuento { $n }
event-audit-looked = se miró { $place }: están { $here }, no están { $absent }, registrados en otro lugar { $astray }, desconocidos { $unknown }
event-audit-skipped = se pasó de largo { $place }: { $why ->
    [in_use] estaba en uso
    [board_silent] su placa de cierres no respondía
    [being_tested] se probaba su bloque
    [no_lock] no se conoce su cierre
    [did_not_open] su puerta no se abrió
   *[staff] quien recorría siguió adelante
  }
event-audit-paused = el recuento { $n } { $paused ->
    [yes] quedó en pausa
   *[no] continuó
  }
event-audit-settled = { $parcel } en { $place }: { $how ->
    [missing] falta
    [moved] consta donde se vio
    [taken] se lo llevó el personal
    [put_back] fue devuelto a su lugar
   *[left] quedó como estaba
  }
event-audit-ended = el recuento { $n } { $how ->
    [finished] terminó
    [abandoned] fue abandonado
   *[lapsed] terminó por sí solo
  }

refusal-audit-over = Este recuento terminó. Su informe está en la lista de recuentos.
refusal-audit-paused = Este recuento está en pausa. Continúelo primero.
refusal-audit-under-way = Un recuento ya recorre uno de estos lugares. Continúelo o termínelo.
refusal-audit-unsettled = { $parcels ->
    [one] Un paquete difiere y nadie dijo qué pasa con él.
   *[other] { $parcels } paquetes difieren y nadie dijo qué pasa con ellos.
  }
refusal-no-difference = De este paquete ya no difiere nada. Mire la lista otra vez.
