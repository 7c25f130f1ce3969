# The staff pages. Keys begin with staff-; event-KIND is the sentence of each kind of event.

# frame
staff-site-unnamed = Paquetes
staff-skip = Ir al contenido
staff-nav = Principal
staff-nav-needs = Qué me necesita
staff-nav-banks = Casilleros
staff-nav-parcels = Paquetes
staff-nav-desk = Mostrador
staff-nav-residents = Residentes
staff-nav-couriers = Mensajeros
staff-nav-kiosks = Pantallas
staff-nav-cameras = Cámaras
staff-nav-settings = Ajustes
staff-language = Idioma
staff-theme = Apariencia
staff-theme-device = Como el dispositivo
staff-theme-light = Claro
staff-theme-dark = Oscuro
staff-theme-contrast = Alto contraste
staff-sign-out = Cerrar sesión
staff-save = Guardar
staff-add = Añadir
staff-remove = Quitar
staff-cancel = Cancelar
staff-next = Siguiente
staff-search = Buscar
staff-print = Imprimir
staff-pages = Páginas
staff-newer = Más recientes
staff-older = Más antiguos
staff-none = ninguno
staff-never = nunca

# times
staff-weekdays = lun mar mié jue vie sáb dom
staff-months = ene feb mar abr may jun jul ago sep oct nov dic
staff-age-now = ahora
staff-age-minutes = { $n } min
staff-age-hours = { $n } h
staff-age-days = { $n ->
        [one] 1 día
       *[other] { $n } días
    }
staff-every-day = todos los días
staff-hours-none = nunca
staff-since = desde { $when }

# names
staff-bank-unnamed = Bloque { $n }
staff-door = casillero { $door }
staff-door-shown = Casillero { $door } { $shown }
staff-door-in = casillero { $door } ({ $bank })
staff-unit = apartamento { $unit }
staff-unit-in = apartamento { $unit }, { $building }
staff-unit-unknown = un apartamento que ya no figura ({ $n })
staff-person-erased = una persona que ya no figura ({ $n })
staff-staff-unnamed = personal { $n }
staff-kiosk-unnamed = pantalla { $n }
staff-carrier-unnamed = transportista sin nombre
staff-actor-site = el propio sistema
staff-actor-kiosk = alguien en { $kiosk }
staff-actor-console = la consola del equipo
staff-actor-device = el equipo de cierre
staff-actor-door = alguien en { $door }
staff-passage-unnamed = puerta { $n }
staff-actor-courier = mensajero de { $carrier }
staff-actor-visitor = alguien en una pantalla
staff-by = Por { $who }
staff-at-courier = Con { $who }
staff-at-shelf = Estante { $shelf }
staff-at-staff = En el mostrador ({ $who })
staff-at-recipient = Recogido por { $who }
staff-at-carrier = Devuelto: { $who }
staff-at-missing = Perdido
staff-at-missing-from = Perdido, visto por última vez en { $where }
staff-at-written-off = Dado de baja
staff-place-desk = el mostrador
staff-place-take-back = de vuelta con el mensajero
staff-parcel-n = Paquete { $n }
staff-to-be-assigned = por asignar
staff-compartment = Casillero
staff-apartment = Apartamento
staff-building = Edificio
staff-shelf = Estante
staff-drop-place = Lugar de entrega

# reasons
staff-why = Motivo
staff-why-words = En sus propias palabras
staff-why-hint = Se guarda junto al registro. Obligatorio en Otro.
staff-reason-inspect = Para ver qué hay dentro
staff-reason-help_resident = Para ayudar a un residente
staff-reason-help_courier = Para ayudar a un mensajero
staff-reason-overdue = Demasiado tiempo guardado
staff-reason-wrong_recipient = Es de otra persona
staff-reason-maintenance = Hay que reparar puerta, cierre o sensor
staff-reason-wiring_test = Probar qué cierre la abre
staff-reason-damaged = Dañado o estropeado
staff-reason-not_found = No aparece
staff-reason-other = Otro
staff-known-sensor = Lo indica el sensor interior.
staff-known-door = Lo indica el cierre de la puerta.
staff-known-photo = Hay una foto.
staff-known-staff = Lo dice el personal.
staff-known-courier = Lo dijo el mensajero.
staff-known-scan = El destinatario escaneó la etiqueta.
staff-known-recipient = Lo dijo el destinatario.
staff-invalid-reason = elija un motivo
staff-invalid-words = diga en pocas palabras por qué
staff-invalid-unit = ningún apartamento único se llama «{ $unit }»; escriba su letra o su número de teclado
staff-invalid-person = «{ $name }» no corresponde a nadie o corresponde a varias personas de este apartamento
staff-invalid-name = hace falta un nombre de 1 a 40 caracteres
staff-invalid-email = no es una dirección de correo
staff-invalid-phone = no es un número de teléfono; escríbalo con el prefijo del país, como +34 600 123 456
staff-invalid-keypad = esto no se puede teclear: indique un número de teclado de 1 a 8 cifras
staff-invalid-code-for = el nombre de un conductor o una ruta tiene como máximo 40 caracteres
staff-invalid-hours = elija al menos un día y un horario
staff-invalid-date = elija el día en que termina
staff-invalid-zone = escriba una zona horaria como Europe/Madrid
staff-invalid-hold = los paquetes se guardan de 1 a 90 días
staff-invalid-form = el formulario está incompleto; vuelva a cargar la página
staff-invalid-scan = no es uno de nuestros códigos
staff-invalid-other-site = este código es de otro edificio
staff-invalid-show = escanee el aviso o la tarjeta, o escriba número de teclado y PIN
staff-invalid-shown-over = ha pasado demasiado tiempo; escanee de nuevo
staff-invalid-none-ticked = no hay ningún paquete marcado

# said after an act
staff-said-all-accepted = Recibidos todos. Ya están en el mostrador.
staff-said-accepted = Aceptado. Ya está en el mostrador.
staff-said-opened = Se está abriendo la puerta.
staff-said-service = Cambiado.
staff-said-checked = Revisado. Gracias.
staff-said-designated = Guardado para quién es este casillero.
staff-said-installed = El bloque está instalado.
staff-said-corrected = Corregido. Se ha avisado a quien corresponde.
staff-said-placed = Se abre una puerta. Métalo y cierre la puerta.
staff-said-shelved = Está en el estante.
staff-said-shelved-other-room = Está en el estante, en otra sala que antes. Se avisa a su gente.
staff-said-handed-over = Entregado.
staff-said-given-back = Devuelto al transportista.
staff-said-written-off = Dado de baja.
staff-said-turned-up = Bien. Ya está en el mostrador.
staff-said-not-there = Anotado. Ahora cuenta como perdido.
staff-said-taken-out = Se está abriendo la puerta. Saque el paquete y cierre la puerta.
staff-said-let-in = La puerta está desbloqueada para esa persona, una vez.
staff-said-door-removed = La puerta está quitada.
staff-said-task-done = Hecho.
staff-said-pauses-lifted = Todos los teclados vuelven a funcionar.
staff-said-clock-confirmed = El reloj vuelve a darse por bueno.
staff-said-saved = Guardado.
staff-said-person-saved = Guardado.
staff-said-person-left = Mudanza registrada.
staff-said-imported = La lista se ha incorporado.
staff-said-card-revoked = La tarjeta ya no abre nada.
staff-said-code-ended = El código ya no abre nada.
staff-said-unpaired = La pantalla ya no está vinculada.
staff-said-held = Las fotos quedan retenidas.
staff-said-released = La retención ha terminado.
staff-said-told-again = Hay un mensaje nuevo con un código nuevo en camino.
staff-said-account-changed = La cuenta se ha cambiado.
staff-said-trying = Se pregunta a la autoridad. Vuelva a mirar esta página en un minuto.

# what needs me
staff-needs-title = Qué me necesita
staff-needs-lead = { $n ->
        [0] Todo funciona solo.
        [one] Una cosa.
       *[other] { $n } cosas, primero lo más urgente.
    }
staff-needs-empty-title = Nada le necesita
staff-needs-empty = Los paquetes llegan y salen solos. Esta página cambia si pasa algo.
staff-today = Hoy
staff-today-delivered = { $n ->
        [one] entregado
       *[other] entregados
    }
staff-today-collected = { $n ->
        [one] recogido
       *[other] recogidos
    }
staff-today-waiting = { $n ->
        [one] esperando ahora
       *[other] esperando ahora
    }
staff-today-free = { $n ->
        [one] casillero libre
       *[other] casilleros libres
    }
staff-waits-for-them = { $n ->
        [0] No les espera nada.
        [one] Les espera un paquete.
       *[other] Les esperan { $n } paquetes.
    }
staff-task-tick = Hecho
staff-task-tell = Avise a { $who }, { $unit }
staff-task-tell-detail = No les llegó ningún mensaje. Puede imprimir una hoja con un código nuevo.
staff-task-tell-do = Imprimir hoja
staff-task-assign = El paquete { $n } aún no es de nadie
staff-task-assign-detail = Nadie sabe de quién es. Mírelo y diga para qué apartamento es.
staff-task-assign-do = Asignar
staff-task-accept = Acepte el paquete { $n }
staff-task-accept-detail = Un mensajero dice que lo dejó para usted. Solo cuenta cuando usted lo acepta.
staff-task-accept-do = Lo tengo
staff-task-check = Mire dentro de { $door }
staff-task-check-detail = Nadie sabe con certeza qué hay dentro. No se usa hasta que usted mire.
staff-task-check-do = Mirar
staff-task-jammed = { $door } no se abre
staff-task-jammed-detail = Tres impulsos no la abrieron. Hay que revisar el cierre o el cableado.
staff-task-jammed-do = Ver
staff-task-forced = { $door } se abrió y nadie lo pidió
staff-task-forced-detail = Vaya a verlo: puede que la hayan forzado.
staff-task-forced-do = Revisar
staff-task-held-open = { $door } está abierta
staff-task-held-open-detail = Lleva demasiado tiempo abierta. Basta con cerrarla.
staff-task-held-open-do = ¿Cuál es?
staff-task-missing = Falta el paquete { $n }
staff-task-missing-detail = No estaba donde debía. Su historia puede indicar dónde buscar.
staff-task-missing-do = Historia
staff-task-not-theirs = El paquete { $n } llegó a otra persona
staff-task-not-theirs-detail = { $others ->
        [0] Alguien dijo que no es suyo.
        [one] Alguien dijo que no es suyo. Puede haber otro cambiado del mismo mensajero.
       *[other] Alguien dijo que no es suyo. Puede haber { $others } más cambiados del mismo mensajero.
    }
staff-task-not-theirs-do = Corregir
staff-task-overdue = El paquete { $n } lleva demasiado tiempo
staff-task-overdue-detail = Recuérdeselo, llévelo al mostrador o devuélvalo.
staff-task-overdue-do = Decidir
staff-task-late = El paquete { $n } puede estropearse o hace falta
staff-task-late-detail = Espera más de lo que puede uno de su tipo. Llámelos o retírelo.
staff-task-late-do = Decidir
staff-task-misplaced = El paquete { $n } no puede quedar donde está
staff-task-misplaced-detail = Ahí lo puede coger cualquiera. Llévelo al mostrador.
staff-task-misplaced-do = Mostrar
staff-task-sort = Se dejaron paquetes sin escanear
staff-task-sort-detail = Mire las fotos y las etiquetas y diga de quién es cada uno.
staff-task-sort-do = Ordenarlos
staff-task-sort-late = Los paquetes sin escanear siguen esperando
staff-task-sort-late-detail = Nadie sabe que están aquí. Diga de quién es cada uno o llévelos al mostrador.
staff-task-sort-late-do = Ordenarlos
staff-task-guessing = Alguien prueba códigos en { $kiosk }
staff-task-guessing-detail = Allí se ha pausado el teclado; escáner y tarjetas siguen. Levante la pausa cuando haya terminado.
staff-task-guessing-do = Levantar pausas
staff-task-bad-address = La dirección de { $who } no funciona
staff-task-bad-address-detail = Un mensaje vino devuelto. Corríjala y avise de nuevo.
staff-task-bad-address-do = Corregir
staff-task-board-silent = { $bank } no responde
staff-task-board-silent-detail = Sus puertas no se pueden abrir ahora. Revise corriente y cable de su placa.
staff-task-board-silent-do = Ver
staff-task-line-silent = Una línea entera no responde: { $banks }
staff-task-line-silent-detail = Ninguna de sus puertas se puede abrir ahora. Revise su adaptador, la corriente de sus placas y el cable entre ellas.
staff-task-line-silent-do = Ver los aparatos
staff-task-camera-silent = La cámara { $camera } no da fotos
staff-task-camera-silent-detail = Todo funciona, pero faltan sus fotos. La página de cámaras dice por qué.
staff-task-camera-silent-do = Ver
staff-task-clock = El reloj del equipo parece erróneo
staff-task-clock-detail = Las horas siguen como estaban. Póngalo en hora y confirme que es correcto.
staff-task-clock-do = El reloj es correcto
staff-task-restored = Se restauró una copia
staff-task-restored-detail = Todos los códigos de recogida se enviaron de nuevo y todas las tarjetas dejaron de valer: emita otras. Los códigos de repartidor terminados desde la copia vuelven a valer: termínelos otra vez. Revise cada casillero que lo pida.
staff-task-restored-do = Ver casilleros
staff-task-disk-low = El disco está casi lleno
staff-task-disk-low-detail = No se aceptan entregas; la recogida sigue. Libere espacio o lleve las copias a otro sitio.
staff-task-disk-low-do = Copias
staff-task-certificate-ends = El certificado necesita atención
staff-task-certificate-ends-detail = Caduca pronto o aún no hay ninguno. Sin él, los teléfonos avisan de que este sitio no es seguro. Mire por qué su autoridad no da uno nuevo.
staff-task-certificate-ends-do = Ver por qué
staff-task-door-forced = { $door } se abrió y nadie sabe por qué
staff-task-door-forced-detail = Ni un código, ni una salida, ni el horario lo explican. Mire si la cerradura y la puerta están enteras, y quién estuvo.
staff-task-door-forced-do = Ver la puerta
staff-task-door-held-open = { $door } está abierta
staff-task-door-held-open-detail = Lleva abierta demasiado tiempo. Ciérrela; la tarea termina sola.
staff-task-door-held-open-do = Ver la puerta
staff-task-guessing-at-door = Alguien prueba códigos en { $door }
staff-task-guessing-at-door-detail = Allí no se puede teclear por ahora; escanear y llamar sí. Levante la pausa cuando pase.
staff-task-guessing-at-door-do = Levantar pausas
staff-task-door-silent = { $door } no responde
staff-task-door-silent-detail = Su control está sin corriente, sin línea o no es de fiar. Salir es libre. La tarea termina sola cuando responda.
staff-task-door-silent-do = Ver la puerta
staff-task-door-tampered = Se abrió el lector de { $door }
staff-task-door-tampered-detail = Alguien abrió la caja o la arrancó. Mírela antes de volver a fiarse.
staff-task-door-tampered-do = Ver la puerta
staff-task-look-at-door = Mire la cerradura de { $door }
staff-task-look-at-door-detail = Se desbloqueó y no se vio abrir, o no se sabe. Pruebe la puerta y su contacto.
staff-task-look-at-door-do = Ver la puerta
staff-task-ringing = Alguien en { $door } pide que le abran para { $unit }
staff-task-ringing-detail = La respuesta vale dos minutos. No responder es rechazar.
staff-task-ringing-do = Abrir una vez
staff-task-no-deposit = Un repartidor entró por { $door } y no dejó nada conocido
staff-task-no-deposit-detail = No se guardó ningún paquete de esa visita. Mire en la sala.
staff-task-no-deposit-do = Ver la entrada
staff-task-still-inside = Alguien entró por { $door } y no se le vio salir
staff-task-still-inside-detail = Puede seguir dentro, o salió con otra persona.
staff-task-still-inside-do = Ver la entrada
staff-task-followed = Alguien pudo entrar detrás de otro por { $door }
staff-task-followed-detail = La puerta estuvo abierta mucho tiempo, o una segunda persona entró con ella. Mire las fotos.
staff-task-followed-do = Ver la entrada
staff-task-late-entry = Un repartidor vino de noche por { $door }
staff-task-late-entry-detail = Estaba permitido. Usted pidió saberlo.
staff-task-late-entry-do = Ver la entrada
staff-task-code-misused = { $kind ->
        [courier] El código { $n } de { $who } puede estar en otras manos
        [pass] El pase { $n } puede estar en otras manos
        [pass-to] El pase { $n } para { $who } puede estar en otras manos
        [person] El código { $n } de { $who } puede estar en otras manos
       *[unknown] El código { $n } puede estar en otras manos
    }
staff-task-code-misused-detail = Se usó en dos puertas a la vez, o muchas veces fuera de su horario. Cámbielo si no era correcto.
staff-task-code-misused-do = Ver sus entradas
staff-task-short-tell = avisar en persona
staff-task-short-assign = un paquete por asignar
staff-task-short-accept = un paquete por aceptar
staff-task-short-check = un casillero por revisar
staff-task-short-jammed = una puerta que no se abre
staff-task-short-forced = una puerta forzada
staff-task-short-held-open = una puerta abierta
staff-task-short-missing = un paquete perdido
staff-task-short-not-theirs = un paquete en otras manos
staff-task-short-overdue = un paquete atrasado
staff-task-short-late = un paquete que no se conserva
staff-task-short-misplaced = un paquete en un lugar que no le va
staff-task-short-sort = paquetes por ordenar
staff-task-short-sort-late = paquetes que siguen sin ordenar
staff-task-short-guessing = intentos en un teclado
staff-task-short-bad-address = una dirección que no funciona
staff-task-short-board-silent = un bloque que no responde
staff-task-short-line-silent = una línea que no responde
staff-task-short-camera-silent = una cámara que no da fotos
staff-task-short-clock = un reloj dudoso
staff-task-short-restored = una copia restaurada
staff-task-short-disk-low = un disco casi lleno
staff-task-short-certificate-ends = un certificado que caduca
staff-task-short-door-forced = una puerta quizá forzada
staff-task-short-door-held-open = una puerta abierta
staff-task-short-guessing-at-door = alguien prueba códigos en una puerta
staff-task-short-door-silent = una puerta que no responde
staff-task-short-door-tampered = un lector abierto
staff-task-short-look-at-door = una puerta por revisar
staff-task-short-ringing = alguien en una puerta
staff-task-short-no-deposit = un repartidor que no dejó nada
staff-task-short-still-inside = alguien a quien no se vio salir
staff-task-short-followed = alguien que pudo entrar detrás de otro
staff-task-short-late-entry = un repartidor de noche
staff-task-short-code-misused = un código quizá en otras manos
staff-tell-title = Avise a { $who }
staff-tell-how = Llame, o imprima una hoja y pásela por debajo de la puerta. Al crearla se crea un código nuevo; uno anterior puede caducar.
staff-tell-do = Crear la hoja
staff-slip-made = Hoja para una persona
staff-slip-once = Este código se muestra ahora y nunca más. Imprímalo o léalo y salga de esta página.
staff-slip-done = Avisado
staff-slip-title = { $n ->
        [one] Le espera un paquete
       *[other] Le esperan { $n } paquetes
    }
staff-slip-qr = Código QR para el escáner
staff-slip-where = Dónde
staff-slip-keypad = Número de teclado
staff-slip-pin = PIN
staff-slip-how = Acerque la imagen al escáner o escriba los dos números. Quien tenga esta hoja puede llevarse los paquetes.

# banks
staff-banks-title = Casilleros
staff-banks-lead = Como están en la pared. Pulse una puerta para ver qué hay, abrirla o dejarla fuera de uso.
staff-bank-free = { $n } de { $all } libres
staff-banks-empty-title = Aún no hay casilleros
staff-banks-empty = Dibuje el primer bloque tal como está en la pared. También funciona un edificio solo con estantes o mostrador.
staff-board-silent = La placa de este bloque no responde: sus puertas no se pueden abrir ahora.
staff-board-silent-here = La placa de este bloque no responde: esta puerta no se puede abrir ahora.
staff-state-free = Libre
staff-state-occupied = Ocupado
staff-state-reserved = Reservado
staff-state-overdue = Atrasado
staff-state-check = Revisar
staff-state-off = Fuera de uso
staff-state-open = Abierto
staff-closure-unknown = aún sin leer
staff-closure-closed = cerrada
staff-closure-open = abierta ({ $age })
staff-empty-known = vacío
staff-empty-believed = se cree vacío ({ $age })
staff-filled = hay algo dentro
staff-service-in = en uso
staff-service-check = primero hay que mirar
staff-service-out = fuera de uso
staff-fact-door = Puerta
staff-fact-occupancy = Dentro
staff-fact-service = Uso
staff-fact-designation = Para quién
staff-fact-measures = Tamaño
staff-measures = { $size }, { $width } x { $height } cm, cierre a { $latch } cm
staff-for-all = todos
staff-only-for = solo { $unit }
staff-first-for = primero { $unit }
staff-what-you-can-do = Qué puede hacer
staff-what-happened = Qué pasó
staff-notes = Lo que escribió el personal
staff-story-empty-title = Aún no ha pasado nada
staff-story-empty = Aquí aparecerán entregas, aperturas y revisiones.
staff-check-title = ¿Qué encontró?
staff-check-how = Abra la puerta, mire dentro y ciérrela. Luego marque lo que hay de verdad.
staff-check-found = Dentro está
staff-check-nothing = Aquí no puede haber ningún paquete.
staff-check-rest = Lo que debería estar y no se marca cuenta como perdido.
staff-check-do = Ya he mirado
staff-open = Abrir esta puerta
staff-open-question = ¿Abrir { $door } ahora? Constará en la historia del paquete que haya dentro.
staff-open-do = Abrir ahora
staff-service-off = Dejar fuera de uso
staff-service-off-question = No se pondrá aquí ningún paquete hasta que vuelva a ponerlo en uso.
staff-service-off-do = Dejar fuera de uso
staff-service-back = Volver a poner en uso
staff-service-back-question = ¿La puerta está cerrada y el cierre funciona? Volverán a ponerse paquetes aquí.
staff-service-back-do = Poner en uso
staff-designate = Reservar para un apartamento
staff-designate-how = Este casillero es
staff-designate-free = para todos
staff-designate-only = solo para un apartamento
staff-designate-first = primero para un apartamento, para otros si todo está lleno
staff-install = Bloque nuevo
staff-plan-lead = Escriba las puertas de cada columna de arriba abajo y separe las columnas con una barra. El dibujo le sigue.
staff-plan-name = Nombre del bloque
staff-plan-columns = Columnas
staff-plan-hint = S,S,M,L | XL,M - una puerta con altura propia: M:300
staff-plan-height-s = Altura de S en mm
staff-plan-height-m = Altura de M en mm
staff-plan-height-l = Altura de L en mm
staff-plan-height-xl = Altura de XL en mm
staff-plan-column-width = Anchura de columna en mm
staff-plan-foot = Puerta más baja sobre el suelo en mm
staff-plan-first = Primer número
staff-plan-sensor = Cada casillero detecta si hay algo dentro
staff-plan-release = Cada casillero grande y bajo se abre desde dentro, o nadie cabe en él
staff-plan-do = Instalar este bloque
staff-plan-presets = Bloques habituales
staff-plan-preset = { $n } puertas
staff-plan-summary = { $n ->
        [one] 1 puerta
       *[other] { $n } puertas
    }, { $reach } al alcance de todos
staff-plan-empty = Escriba al menos una puerta, por ejemplo S.
staff-plan-size = «{ $word }» en la columna { $column } no es un tamaño: escriba S, M, L o XL.
staff-plan-height = «{ $word }» no tiene una altura entre 1 y 3000 mm.
staff-plan-many = Ningún bloque tiene más de 400 puertas.
staff-plan-width = Una columna necesita una anchura.

# a new reader at a door
staff-reader-title = Lector nuevo
staff-reader-lead = Un lector de fábrica solo conoce una clave que conoce todo el mundo. Aquí se le admite durante cinco minutos y se le da una clave propia, la de su archivo; esa clave no se muestra nunca.
staff-reader-hint = Ponga el lector con su clave de fábrica, conéctelo solo si puede, y pulse. En esos cinco minutos, quien esté en esta línea y conozca la clave pública pasa por el lector. Termina solo.
staff-reader-do = Admitir el lector nuevo
staff-reader-none = En esta puerta no hay configurado ningún lector con clave propia.
staff-reader-awaited = Se espera un lector nuevo, hasta { $until }.
staff-reader-has-key = El lector que está responde con su propia clave. No hay que hacer nada.
staff-reader-key-set = El lector recibió su propia clave ({ $when }) y responde con ella.
staff-reader-key-only = El lector recibió su propia clave ({ $when }), pero aún no responde con ella. Mire la corriente y la línea; abajo está lo último que se oyó.
staff-reader-nobody = Hasta { $until } no respondió ningún lector con la clave de fábrica. Revise la línea, la dirección y la velocidad, y si el lector tiene de nuevo su clave de fábrica; luego pruebe otra vez.
staff-said-reader-awaited = Se admite el lector nuevo durante cinco minutos.

# doors opened with a key
staff-key-title = Abrir con llave
staff-key = Abrirlo con la llave
staff-key-question = Dígalo antes: si esta puerta se abre en los próximos diez minutos, consta como suya y no da alarma. Vale para una sola vez; para otra, dígalo de nuevo.
staff-key-announce = Voy a abrir una puerta con la llave
staff-key-which = Qué puerta
staff-key-do = Voy a abrirla con la llave
staff-key-announced = { $who } abre esta puerta con la llave, hasta { $until }.
staff-key-forced-title = Esta puerta consta como forzada
staff-key-forced = Se abrió ({ $since }) y nada lo explica. Si alguien usó la llave, diga quién. De todos modos se mira qué hay dentro.
staff-key-explain = Fue con la llave
staff-key-holder = Quién la abrió
staff-key-explain-do = Decir que fue con la llave
staff-said-key-announced = Abra ahora la puerta con la llave. Tiene diez minutos, para una sola vez.
staff-said-explained = Consta que la puerta se abrió con la llave.

# a bank drawn anew
staff-redraw = Dibujar de nuevo
staff-redraw-title = Dibujar { $bank } de nuevo
staff-redraw-lead = Corrija cómo cuelga el bloque: columnas de izquierda a derecha, puertas de arriba abajo. Nada cambia antes de que vea qué cambiaría.
staff-redraw-column = Columna { $n }: { $doors ->
        [one] 1 puerta
       *[other] { $doors } puertas
    }
staff-redraw-new-column = Añadir una columna
staff-redraw-new-door = Añadir una puerta
staff-redraw-left = Esta columna, una a la izquierda
staff-redraw-width = Anchura en mm
staff-redraw-number = Número
staff-redraw-size = Tamaño
staff-redraw-height = Altura en mm
staff-redraw-sensor = Detecta si hay algo dentro
staff-redraw-up = Subir { $door }
staff-redraw-out = Quitar { $door }
staff-redraw-see = Ver qué cambiaría
staff-redraw-see-lead = Mírelo antes de guardarlo.
staff-redraw-back = Volver al dibujo
staff-redraw-save = Guardar este dibujo
staff-redraw-differences = Qué cambiaría
staff-redraw-none = Nada: el bloque ya cuelga así.
staff-redraw-gone = { $n ->
        [one] Quitó del bloque la puerta { $doors }. Su número queda con su historia y no se da a ninguna otra puerta: quítela también de su dibujo, o dele otro número si ha de volver a colgar ahí.
       *[other] Quitó del bloque las puertas { $doors }. Sus números quedan con su historia y no se dan a ninguna otra puerta: quítelas también de su dibujo, o deles otros números si han de volver a colgar ahí.
    }
staff-redraw-added = { $n ->
        [one] Se añade: { $doors }
       *[other] Se añaden: { $doors }
    }
staff-redraw-removed = { $n ->
        [one] Se quita: { $doors }. Su historia se conserva y su número no se da a otra puerta.
       *[other] Se quitan: { $doors }. Su historia se conserva y sus números no se dan a otra puerta.
    }
staff-redraw-moved = { $n ->
        [one] Cuelga en otro sitio: { $doors }
       *[other] Cuelgan en otro sitio: { $doors }
    }
staff-redraw-to-number = desde ahora, número { $door }
staff-redraw-to-size = tamaño { $size }
staff-redraw-to-width = anchura de { $was } a { $is } mm
staff-redraw-to-height = altura de { $was } a { $is } mm
staff-redraw-to-sensor = con sensor
staff-redraw-to-no-sensor = sin sensor
staff-redraw-to-released = cambia lo dicho sobre abrirlo desde dentro
staff-redraw-needed = Estos todavía hacen falta. El bloque se podrá guardar cuando no:
staff-redraw-release = Un niño puede meterse en { $doors } y quedar encerrado: es grande y está a una altura a la que se trepa.
staff-redraw-released = Cada uno de estos se abre desde dentro, o nadie cabe. Lo he comprobado.
staff-redraw-waits = Aún no se conoce el cierre de una puerta nueva. Queda fuera de uso hasta que una prueba del cableado lo encuentre.
staff-redraw-history = Dibujos anteriores
staff-said-redrawn = El bloque está dibujado de nuevo.
staff-said-redrawn-test = El bloque está dibujado de nuevo. Pruebe el cableado para que las puertas nuevas tengan su cierre.
staff-wiring-waiting = Fuera de servicio, porque no se conoce su cierre: { $doors }. La próxima prueba usa los cierres de las puertas que se quitaron del dibujo.
staff-wiring-no-lock = Fuera de servicio, porque no se conoce su cierre: { $doors }. Nombre sus cierres bajo el bus en el archivo de configuración y reinicie.

# package rooms as drawings
staff-rooms-title = Salas
staff-rooms-lead = Cada sala desde arriba y cada estantería de frente. Pulse un estante para ver qué hay en él.
staff-rooms-none-title = Todavía no hay ninguna sala dibujada
staff-rooms-none = Dibuje una, y quien traiga o recoja un paquete verá dónde está su estante. Los estantes también funcionan sin dibujo.
staff-rooms-undrawn = Aún sin dibujar
staff-room-new = Dibujar una sala
staff-room-draw = Dibujar una sala
staff-room-edit = Dibujar de nuevo
staff-room-title = Dibujar { $room } de nuevo
staff-room-edit-lead = La pared con la puerta está abajo en el plano. Las medidas son en mm. Nada cambia antes de que haya visto qué cambiaría.
staff-room-usual = Sala de paquetes
staff-room-summary = { $n ->
        [one] 1 estante o sitio en el suelo
       *[other] { $n } estantes y sitios en el suelo
    }
staff-room-plan = Desde arriba
staff-room-preset-one = Una estantería de cuatro niveles
staff-room-preset-two = Dos estanterías
staff-room-preset-floor = Sitios en el suelo
staff-room-undrawn = Aún sin dibujar: { $shelves }. Escriba uno de estos en un nivel, o como sitio en el suelo, para darle su lugar.
staff-room-name = Nombre
staff-room-label = Etiqueta
staff-room-door = Puerta que lleva a ella
staff-room-no-door = Ninguna
staff-room-door-at = Centro de la puerta, mm desde la izquierda
staff-room-depth = Fondo en mm
staff-room-left = Desde la izquierda, mm
staff-room-top = Desde arriba, mm
staff-room-front = Los paquetes se ponen
staff-room-front-down = desde abajo en el plano
staff-room-front-left = desde la izquierda
staff-room-front-up = desde arriba en el plano
staff-room-front-right = desde la derecha
staff-room-foot = Tabla más baja sobre el suelo, mm
staff-room-level = Nivel { $n } desde el suelo
staff-room-measured = lo que cabe por sus medidas: { $size }
staff-room-of-each = como se dijo de cada estante
staff-room-holds = Cuántos en cada estante; vacío si nadie los contó
staff-room-shelves = Estantes de izquierda a derecha, separados por comas
staff-room-zone = Zona
staff-room-no-zone = Ninguna
staff-room-new-rack = Añadir una estantería
staff-room-rack-n = Estantería { $n }
staff-room-new-level = Añadir un nivel encima de { $label }
staff-room-level-out = Quitar el nivel superior de { $label }
staff-room-new-spot = Añadir un sitio en el suelo
staff-room-spot = Sitio { $label }
staff-room-new-zone = Añadir una zona
staff-room-zone-n = Zona { $n }
staff-room-out = Quitar { $label }
staff-room-use = Paquetes que van aquí primero
staff-room-use-anything = cualquiera
staff-room-use-keypads = para apartamentos con estos números de teclado
staff-room-from = Número de teclado más bajo
staff-room-to = Número de teclado más alto
staff-room-none = Nada: la sala ya está así.
staff-room-changed = La sala, una estantería o una zona cambia.
staff-room-added = { $n ->
        [one] Llega: { $shelves }
       *[other] Llegan: { $shelves }
    }
staff-room-placed = Recibe su lugar en el dibujo: { $shelves }
staff-room-takes = Admite otros paquetes, u otra cantidad: { $shelves }
staff-room-moved = Está en otro lugar o en otra zona: { $shelves }
staff-room-removed = { $n ->
        [one] Se va: { $shelves }. Su historia se conserva y su etiqueta no se da a ningún otro estante.
       *[other] Se van: { $shelves }. Su historia se conserva y sus etiquetas no se dan a ningún otro estante.
    }
staff-room-needed = Hay paquetes en estos estantes o en camino a ellos. La sala se puede guardar cuando no los haya:
staff-said-room-drawn = La sala está dibujada.

# parcels
staff-parcels-title = Paquetes
staff-parcels-search = Seguimiento, apartamento, nombre o número
staff-parcels-live = Aquí ahora
staff-parcels-desk = En el mostrador
staff-parcels-past = Pasados
staff-parcels-none = Aquí no hay nada
staff-parcels-none-text = No hay paquetes en esta lista.{ $q }
staff-parcels-not-found = No se encontró nada
staff-parcels-not-found-text = «{ $q }» no corresponde a ningún paquete de esta lista. Pruebe otra palabra u otra lista.
staff-head-parcel = Paquete
staff-head-unit = Apartamento
staff-head-where = Dónde
staff-head-state = Estado
staff-head-since = Desde
staff-head-who = Quién
staff-head-what = Qué
staff-head-when = Cuándo
staff-head-how-it-went = Cómo fue
staff-head-carrier = Transportista
staff-head-begins-with = Código
staff-head-hours = Vale
staff-head-until = Hasta
staff-head-acts = Qué puede hacer
staff-head-keypad = Número de teclado
staff-head-people = Personas
staff-head-name = Nombre
staff-head-reached-by = Contacto
staff-head-remarks = Notas
staff-head-email = Correo
staff-head-role = Puede hacer
staff-head-length = Cifras al azar
staff-head-for-ever = Prueban todo el año
staff-head-with-alarm = Se detiene con la alarma
staff-is-on-the-way = En camino
staff-is-waiting = Esperando
staff-is-at-desk = En el mostrador
staff-is-collected = Recogido
staff-is-returned = Devuelto
staff-is-missing = Perdido
staff-is-written-off = Dado de baja
staff-is-overdue = Atrasado
staff-fact-carrier = Transportista
staff-fact-tracking = Número de seguimiento
staff-fact-addressed = Nombre en la etiqueta
staff-fact-registered = Visto por primera vez
staff-fact-entitled = Lo puede recoger
staff-fact-size = Tamaño
staff-heavy-mark = (pesado)
staff-who-was-told = A quién se avisó
staff-told-at = enviado { $when }
staff-told-no-channel = sin forma de contacto
staff-told-refused = dirección rechazada
staff-told-late = con retraso, se sigue intentando
staff-told-under-way = en camino
staff-notice-arrived = Algo le espera
staff-notice-moved = Ahora está en otro sitio
staff-notice-new-code = Un código nuevo
staff-notice-collect-soon = Recoger pronto
staff-notice-collected = Se sacó con su código
staff-notice-collected-by = Lo recogió otra persona
staff-notice-handed-over = Entregado
staff-notice-returned = Se devolvió
staff-notice-written-off = Dado de baja
staff-notice-card-used = Se usó la tarjeta
staff-nothing-more = Está cerrado: ya no se puede hacer nada con este paquete.
staff-put-it-in = Métalo en { $door } y cierre la puerta.
staff-take-it-out = Sáquelo de { $door } y cierre la puerta.
staff-act-accept = Lo tengo: aceptar
staff-act-turned-up = Ha aparecido
staff-act-not-there = No está ahí
staff-act-not-there-question = Cuenta como perdido, su gente ya no tiene código para él y se pide al personal que lo busque. Se nombra a quien entró desde que se vio allí por última vez.
staff-act-take-out = Sacarlo
staff-act-take-out-question = Se abre la puerta; saque este paquete y ciérrela. Después está en el mostrador y se avisa a sus destinatarios.
staff-act-take-out-do = Abrir la puerta
staff-went-in-since = Desde que se vio allí por última vez, entraron
staff-went-in-since-text = Sus fotos pueden mostrar quién se lo llevó. Una entrada es un indicio, no una prueba.
staff-act-write-off = Dar de baja
staff-act-write-off-question = Nadie lo buscará más y se avisa a sus destinatarios. No se puede deshacer.
staff-act-place = Poner en un casillero libre
staff-act-hand-over = Entregar
staff-act-shelve = Poner en un estante
staff-act-shelve-do = Ya está ahí
staff-act-shelve-scanned = Está en este estante
staff-shelve-label = Escanee o escriba la etiqueta del estante
staff-shelve-hint = Póngalo en un estante y escanee la etiqueta del estante: un lector funciona en cualquier parte de esta página.
staff-act-give-back = Devolver al transportista
staff-act-give-back-question = Sale del edificio y se avisa a sus destinatarios.
staff-act-give-back-do = Devuelto
staff-act-correct = Corregir el destinatario
staff-act-correct-hint = Quien fue avisado por error pierde el acceso; se avisa a quien corresponde.
staff-correct-person = Solo para esta persona (puede quedar vacío)
staff-correct-unknown = Aún no se sabe
staff-return-overdue = Demasiado tiempo guardado
staff-return-unknown = Nadie aquí con ese nombre
staff-return-refused = El destinatario no lo quiere

# desk
staff-desk-title = Mostrador
staff-desk-lead = { $n ->
        [0] No hay nada en el mostrador.
        [one] Hay un paquete en el mostrador.
       *[other] Hay { $n } paquetes en el mostrador.
    }
staff-intake-title = Recibir un paquete
staff-intake-scan-hint = Escanee la etiqueta o escríbalo; puede quedar vacío.
staff-intake-unit-hint = Vacío: no se sabe de quién es.
staff-intake-for = Para el apartamento { $unit }
staff-intake-correct = { $whom }: ¿correcto?
staff-intake-others = O es para
staff-intake-one-of = ¿Es para alguien de aquí?
staff-flag-moved-out = Alguien con este nombre se ha mudado.
staff-flag-looks-like = Aquí también existe el apartamento { $units }. Mire otra vez la etiqueta.
staff-flag-no-such-unit = Aquí no hay ningún apartamento { $unit }.
staff-other-house = La etiqueta dice { $said }; aquí es { $here }.
staff-other-house-hint = Todavía no se ha recibido nada.
staff-other-house-back = Devolverlo al mensajero
staff-other-house-stays = Recibirlo de todos modos
staff-shelving-title = Poner en estantes
staff-shelving-scan-parcel = Paquete
staff-shelving-scan-parcel-hint = Escanee su etiqueta, o escriba su número. Luego escanee el estante.
staff-shelving-scan-shelf = Estante
staff-shelving-scan-shelf-hint = Escanee la etiqueta del estante, o escríbala. También puede escanear otro paquete en su lugar.
staff-shelving-suggested = Cabe en el estante { $shelf }
staff-shelving-put = { $parcel } está en el estante { $shelf }. Escanee el siguiente paquete.
staff-shelving-put-down = Este paquete no
staff-shelving-unknown = Ningún paquete ni estante tiene esta etiqueta. Escanee otra vez.
staff-shelving-not-here = Este paquete está en un casillero, o ya no está aquí. Abra su página para ver dónde está.
staff-shelving-parcel-first = Eso es un estante. Escanee primero el paquete.
staff-shelving-another = Este paquete en su lugar. El anterior se queda donde estaba.
staff-shelving-there-already = Ya estaba allí.
staff-batch-title = Escanear varios
staff-batch-lead = { $n ->
    [0] Escanee uno tras otro; no se recibe nada hasta que usted lo diga.
    [one] Uno escaneado. Todavía no se ha recibido nada.
   *[other] { $n } escaneados. Todavía no se ha recibido nada.
 }
staff-batch-scan = Etiqueta
staff-batch-scan-hint = Escanéela o escriba el número; la siguiente puede venir enseguida.
staff-batch-add = Añadir
staff-batch-empty = Todavía no hay nada
staff-batch-empty-text = Cada etiqueta es una línea aquí. Lo escaneado queda aunque la página se cargue de nuevo.
staff-batch-asking = { $n ->
    [one] Uno pregunta todavía: diga de quién es.
   *[other] { $n } preguntan todavía: diga de quién son.
 }
staff-batch-accept = { $n ->
    [one] Recibirlo
   *[other] Recibir los { $n }
 }
staff-batch-other-house = otra casa
staff-batch-asks = pregunta
staff-batch-filled-in = rellenado
staff-batch-nobody = no se sabe
staff-batch-said = dicho por usted
staff-batch-whose = ¿De quién es?
staff-batch-printed = la etiqueta dice { $name }
staff-batch-change = Cambiar
staff-batch-drop = Apartar
staff-batch-unknown = No se sabe de quién es
staff-batch-unreadable = Eso no es una etiqueta. Escanéela otra vez o escriba el número.
staff-batch-full = Esperan sesenta. Reciba primero esos.
staff-board-title = Cómo va la recepción
staff-board-lead = Las últimas { $weeks } semanas, según lo recibido aquí.
staff-board-empty = Todavía no hay nada que contar
staff-board-empty-text = Aquí se cuenta el primer paquete recibido en una pantalla o en el mostrador.
staff-board-export = Guardar como tabla
staff-board-parcels = paquetes
staff-board-wrong = fueron a quien no era
staff-board-by-itself = se rellenaron solos
staff-board-seconds = por paquete, la mitad más rápido
staff-board-touches = toques por paquete, la mitad con menos
staff-board-by-carrier = Por transportista
staff-board-by-week = Por semana
staff-board-week = Semana del { $day }
staff-board-head-week = Semana
staff-board-head-parcels = Paquetes
staff-board-head-wrong = A quien no era
staff-board-head-by-itself = Solos
staff-board-head-seconds = La mitad antes de
staff-board-head-slow = Nueve de diez antes de
staff-board-head-touches = Toques
staff-board-how = Cómo se cuenta
staff-board-how-text = A quien no era: un residente dijo que no es suyo o el personal lo dio a otra persona. Solos: la etiqueta nombró al destinatario y alguien dijo que sí. Tiempo: desde el escaneo o la primera tecla hasta que se abrió la puerta o, sin puerta, hasta que se dijo de quién es. Toques: pulsaciones y teclas en la página; un escaneo cuenta como uno.
staff-evidence = Qué decía la etiqueta
staff-evidence-printed = En la etiqueta
staff-evidence-decision = Solo por la etiqueta
staff-evidence-confirmed = Confirmado
staff-evidence-elsewhere = Dirección
staff-evidence-meant = A quién podía referirse
staff-evidence-symbols = Símbolos tal como se escanearon
staff-evidence-hint = Solo lo ve el personal. Se borra unos días después de recogerse el paquete; los ajustes dicen cuántos.
staff-decision-auto = rellenado
staff-decision-ask = preguntado
staff-decision-none = no se encontró a nadie
staff-confirmed-suggested = como se rellenó
staff-confirmed-alternate = otro de los ofrecidos
staff-confirmed-offered = uno de los ofrecidos
staff-confirmed-typed = se escribió el apartamento
staff-confirmed-scanned = se escaneó el apartamento
staff-confirmed-letters = por letras del nombre
staff-confirmed-same-again = el mismo que el paquete anterior
staff-confirmed-unknown = no se sabía
staff-settings-houses = Dónde están los edificios
staff-houses-hint = Una etiqueta para otra casa se reconoce por la calle y el código postal. Si queda vacío, no se compara.
staff-houses-only = El edificio
staff-houses-street = Calle y número
staff-houses-postal = Código postal
staff-settings-evidence = Lo que decían las etiquetas
staff-evidence-days = Días que se guarda
staff-evidence-days-hint = Después de recogerse o devolverse el paquete; de 1 a 365.
staff-intake-unknown = No se sabe de quién es
staff-intake-unknown-hint = Se queda en el mostrador, con una tarea para averiguarlo.
staff-intake-who = ¿Para quién es?
staff-intake-household = Todo el hogar
staff-intake-name-hint = Como está escrito, si es otro nombre.
staff-intake-heavy = Es pesado
staff-intake-size = ¿Qué tamaño? Al pulsar se acepta el paquete.
staff-intake-known = Hoy ya llegó un paquete con este número.
staff-intake-known-look = Verlo
staff-intake-known-another = Este es otro paquete con el mismo número.
staff-intake-whose-number = Varias empresas tienen números así. ¿De cuál es?
staff-intake-another-company = otra empresa
staff-camera = Escanear con cámara
staff-camera-caption = Ponga la etiqueta entera, o el código que muestra un residente, quieto ante la cámara.
staff-camera-stop = Apagar cámara
staff-camera-refused = El navegador no permite la cámara en esta página. Permítala en sus ajustes, haga una foto o escriba el número.
staff-camera-missing = Aquí no hay cámara. Use un lector o escriba el número.
staff-camera-insecure = La cámara solo funciona si se llega al sitio por https. Haga una foto, use un lector o escriba el número.
staff-camera-broken = La cámara no da imagen. Haga una foto, use un lector o escriba el número.
staff-photo = Foto de la etiqueta
staff-photo-send = Leer la foto
staff-photo-site = La foto se lee en la máquina del edificio y no se guarda.
staff-photo-here = Este programa no lee fotos: los códigos de barras de una foto se leen aquí, en el navegador, y no se sube nada.
staff-photo-not-here = Este programa no lee fotos. Escanee la etiqueta con la cámara o un lector, o escriba el número.
staff-photo-reading = Leyendo la foto.
staff-photo-empty = No se eligió ninguna foto.
staff-photo-other-kind = Este archivo no es una imagen: hace falta un JPEG o PNG.
staff-photo-broken = La imagen está dañada y no se pudo leer. Hágala de nuevo.
staff-photo-too-large = La imagen es demasiado grande: como mucho 32 MB y 50 millones de píxeles.
staff-read-now-apartment = Se leyó la etiqueta. Ahora el apartamento.
staff-read-no-symbol = No se pudo leer ningún código de barras. Ponga la etiqueta plana y más cerca, o escriba el número.
staff-read-damaged = El código grande está dañado o cortado. Hágalo de nuevo o escriba el número.
staff-read-several-labels = Hay varias etiquetas en la imagen. Tape las demás o muestre una sola.
staff-read-several-recipients = En la imagen hay dos destinatarios impresos. Tape la otra etiqueta o elija el apartamento.
staff-read-foreign-keyboard = Esto no es un número: el lector escribe para otro teclado. Ponga en él el idioma de teclado de este ordenador, o escriba el número.
staff-read-web-address = Ese código es una dirección web, no la etiqueta de un paquete.
staff-read-no-label = Los códigos de la imagen no son los de la etiqueta de un paquete. Escriba el número.
staff-read-shelf = Eso es la etiqueta de un estante. Escanee aquí la etiqueta del paquete; el estante se escanea en la página del paquete.
staff-read-other-building = Ese código es de otro edificio.
staff-size-s = como un libro
staff-size-m = como una caja de zapatos
staff-size-l = como un cajón
staff-size-xl = más grande
staff-hand-over-title = Entregar
staff-show-scan = Aviso o tarjeta
staff-show-scan-hint = Escanee el código QR que muestran.
staff-show-keypad = o número de teclado
staff-show-pin = y PIN
staff-show-do = Mostrar lo suyo
staff-find-name = Sin código: nombre o apartamento
staff-find-hint = Se le preguntará cómo los conoce.
staff-find-nobody = «{ $q }» no corresponde a nadie.
staff-at-desk-n = { $n ->
        [0] nada en el mostrador
        [one] un paquete en el mostrador
       *[other] { $n } paquetes en el mostrador
    }
staff-nothing-at-desk = No hay nada suyo en el mostrador
staff-nothing-at-desk-text = Lo que espera en casilleros y estantes lo recogen con su código.
staff-hand-over-what = Todo lo suyo en el mostrador
staff-hand-over-why = ¿Cómo los conoce?
staff-hand-over-why-hint = Por ejemplo: es conocido, mostró un documento.
staff-hand-over-do = Entregado

# residents
staff-residents-title = Residentes
staff-residents-search = Nombre, apartamento o correo
staff-residents-all = Todos
staff-residents-silent = Sin contacto ({ $n })
staff-residents-silent-hint = No les llega ningún mensaje: deles una tarjeta o avíseles en persona.
staff-residents-none-silent = Se puede avisar a todos
staff-residents-none-silent-text = Cada persona tiene una dirección que funciona.
staff-residents-not-found = No se encontró a nadie
staff-residents-not-found-text = «{ $q }» no corresponde a nadie ni a ningún apartamento.
staff-residents-empty-title = Aún no vive nadie aquí
staff-residents-empty = Incorpore la lista de su programa de gestión o añada apartamentos uno a uno.
staff-import-title = Importar una lista
staff-people = Personas
staff-nobody = nadie
staff-mark-left = se mudó
staff-mark-bad-address = dirección no válida
staff-mark-no-mail = sin correo
staff-mark-reach = a su alcance
staff-mark-hidden = oculto
staff-unit-new = Apartamento nuevo
staff-unit-keypad = Número de teclado { $keypad }
staff-unit-empty-title = Aquí no vive nadie
staff-unit-empty = Añada la primera persona para comenzar.
staff-unit-turn-over = Se mudan todos
staff-unit-turn-over-question = Las personas de este apartamento se mudan. Quien venga después nunca recibe sus paquetes.
staff-unit-turn-over-do = Se mudaron
staff-keypad = Número de teclado
staff-keypad-hint = Solo cifras; hace falta si lleva letras (12B: 1202).
staff-person-add = Añadir una persona
staff-person-details = Nombre y dirección
staff-first-name = Nombre
staff-last-name = Apellido
staff-email = Correo
staff-phone = Teléfono
staff-reach = Necesita una puerta a su alcance (de 40 a 120 cm)
staff-hidden = Oculto: los mensajeros solo ven el apartamento
staff-sharing = Los paquetes de esta persona los puede recoger
staff-sharing-usual = Los paquetes los puede recoger
staff-sharing-site = según el edificio
staff-sharing-shared = todo el hogar
staff-sharing-private = solo el destinatario
staff-leavers = Lo que ya espera
staff-leavers-keep = se puede recoger durante 14 días
staff-leavers-lose = lo pierden en seguida
staff-former = Se mudaron
staff-waiting = Esperando
staff-nothing-waits = No les espera nada.
staff-tell-in-person = Avisar en persona
staff-tell-again = Enviar otro mensaje
staff-card = Tarjeta
staff-card-hint = Una tarjeta impresa abre lo que les espera, sin teléfono. Se les avisa de cada uso.
staff-card-held = Tienen una tarjeta.
staff-card-issue = Crear una tarjeta
staff-card-replace = Cambiar la tarjeta
staff-card-replace-question = La tarjeta anterior deja de funcionar en seguida.
staff-card-revoke = Anular la tarjeta
staff-card-revoke-question = La tarjeta deja de funcionar en seguida.
staff-card-issued = Tarjeta para imprimir
staff-card-once = Esta tarjeta se muestra ahora y nunca más. Imprímala y salga de esta página.
staff-card-line = Apartamento { $unit }
staff-card-qr = Código QR de la tarjeta
staff-moving-out = Mudanza
staff-move-out = Esta persona se muda
staff-move-out-question = Desde ahora sus códigos no recogen nada nuevo.
staff-move-out-do = Se mudó

# couriers
staff-couriers-title = Mensajeros
staff-couriers-lead = Un código solo abre casilleros vacíos. Se muestra una vez, al crearlo.
staff-poster = Cartel
staff-poster-title = Entregue aquí
staff-poster-1 = Pulse Entregar y dé su código o credencial
staff-poster-2 = Escanee la etiqueta; se abre una puerta
staff-poster-3 = Métalo, cierre la puerta y listo
staff-poster-4 = ¿No cabe en ninguna puerta o está todo lleno? La pantalla dice dónde
staff-poster-where = Casilleros: { $places }
staff-poster-holders = Tienen código: { $carriers }
staff-poster-help = ¿Sin código o algo no va? Llame a
staff-poster-code = Código para { $carrier }:
staff-poster-public = Este cartel lleva el código. Quien lo lea puede abrir casilleros vacíos; cuélguelo donde solo vengan repartidores.
staff-carrier-new = Transportista nuevo
staff-carrier-name = Nombre de la empresa
staff-carriers-empty-title = Aún no hay transportistas
staff-carriers-empty = Indique las empresas que entregan aquí y cree un código para cada una.
staff-codes-empty-title = Aún no hay códigos
staff-codes-empty = Cree un código por empresa; sus mensajeros lo teclean o escanean la credencial.
staff-codes = Códigos de mensajero
staff-code-n = Código { $n }
staff-code-new = Código nuevo
staff-code-new-do = Crear el código
staff-code-for = Conductor o ruta
staff-code-for-hint = Puede quedar vacío. Por ejemplo «Ruta 7, Sam»; como máximo 40 caracteres. Lo ve el personal donde entró este código, y sale en su credencial.
staff-code-for-change = Conductor o ruta
staff-carrier-courier = { $carrier } ({ $name })
staff-code-poster = Imprimirlo también en un cartel
staff-code-until = Último día
staff-code-over = terminado
staff-code-overlap = termina pronto
staff-code-overlap-hint = El código anterior vale dos semanas más.
staff-code-rotate = Código nuevo, dos semanas a la vez
staff-code-end = Terminar ya
staff-code-end-question = Sus mensajeros ya no podrán entregar con él.
staff-code-issued = Código de mensajero
staff-code-once = Este código se muestra ahora y nunca más. Imprímalo o apúntelo y salga de esta página.
staff-code-digits = Se teclea en la pantalla
staff-code-seen = Lo tengo
staff-badge-line = Válida hasta { $until }
staff-badge-line-for = { $name }. Válida hasta { $until }
staff-badge-qr = Código QR de la credencial
staff-days = Días
staff-from = Desde
staff-to = Hasta

# kiosks
staff-kiosks-title = Pantallas
staff-kiosks-lead = Una pantalla solo abre los casilleros que tiene a la vista.
staff-kiosks-empty-title = Aún no hay pantallas
staff-kiosks-empty = Vincule una tableta o pantalla junto a los casilleros.
staff-kiosk-pair = Vincular una pantalla
staff-kiosk-pair-do = Crear el código de vinculación
staff-kiosk-name = Nombre
staff-kiosk-name-hint = Dónde está, por ejemplo Vestíbulo.
staff-kiosk-banks = Casilleros a la vista
staff-kiosk-sees = Ve
staff-kiosk-sees-nothing = no ve ningún casillero
staff-kiosk-last = Último uso
staff-kiosk-change = Cambiar
staff-kiosk-scale = Píxeles por milímetro
staff-kiosk-scale-hint = Acerque una tarjeta bancaria (85,6 mm) a la pantalla; de 3 a 8.
staff-kiosk-camera = Escanea con su cámara sin pedirlo
staff-kiosk-camera-hint = Sin la marca, empieza al pulsar «Escanear con cámara».
staff-kiosk-unpair = Desvincular
staff-kiosk-unpair-question = La pantalla deja de funcionar en seguida; termina la visita en curso.
staff-kiosk-paired = Código de vinculación
staff-kiosk-once = Este código se muestra ahora y nunca más. Quien lo tenga puede ser esta pantalla.
staff-kiosk-step-1 = En la pantalla que será el kiosco, abra este enlace:
staff-kiosk-step-2 = O fotografíe con ella esta imagen, si tiene cámara.
staff-kiosk-step-3 = Vuelva aquí y mida sus píxeles.
staff-kiosk-qr = Código QR para vincular

# settings
staff-settings-title = Ajustes
staff-settings-site = El edificio
staff-settings-help = Teléfonos de ayuda
staff-settings-policy = Reglas
staff-settings-desk = Horario del mostrador
staff-settings-shelves = Estantes
staff-settings-areas = Lugares de entrega
staff-settings-accounts = Cuentas del personal
staff-settings-backup = Copia de seguridad
staff-settings-backup-text = Una copia contiene todo menos los códigos en camino, sellada con una contraseña. Ejecútela en el equipo y guárdela en otro sitio:
staff-site-name = Nombre del edificio
staff-public-url = Dirección pública
staff-public-url-hint = Donde los teléfonos alcanzan este sistema; sin ella los mensajes no llevan enlaces.
staff-country-code = Prefijo del país
staff-country-code-hint = Para números escritos sin prefijo, como 1 o 34.
staff-help-hint = Se muestra en pantallas, hojas y en cada fallo, según la hora.
staff-help-none = No se puede llamar a nadie si algo falla. Añada un teléfono.
staff-help-add = Añadir un teléfono
staff-help-text = Quién contesta
staff-zone = Zona horaria
staff-hold-days = Días que puede esperar un paquete
staff-pin-length = Longitud de los PIN
staff-digits = cifras al azar
staff-arithmetic-title = Qué puede acertar quien prueba en un año
staff-arithmetic = { $live ->
        [one] Hay un PIN activo
       *[other] Hay { $live } PIN activos
    }, como mucho { $behind } tras un número de teclado. Probabilidad de que quien prueba abra un casillero en un año:
staff-chance-none = ninguna
staff-chance-percent = { $percent } % al año
staff-chance-years = una vez en { $years } años
staff-guesses = Cuando alguien prueba códigos
staff-guesses-standard = desde el fallo 20 del día, cada fallo pausa ese teclado una hora
staff-guesses-high = desde el fallo 20 del día los teclados quedan apagados hasta que el personal lo permita
staff-drop-place-allowed = Los mensajeros pueden usar un lugar de entrega si todo está lleno
staff-own-receipts = Quien saca un paquete con un código también recibe un mensaje
staff-desk-hours-add = Añadir horario
staff-desk-none = No hay mostrador
staff-shelves-hint = Una etiqueta sin cierre; mensajeros y personal dejan allí paquetes.
staff-areas-hint = Un lugar con nombre abierto a todos, el último recurso.
staff-role-staff = paquetes y puertas
staff-role-manager = también personas, códigos, pantallas y ajustes
staff-role-owner = todo, también las cuentas
staff-role-unknown = nada
staff-invite = Invitar a alguien
staff-invite-do = Crear la invitación
staff-account-name = Nombre
staff-account-disabled = desactivada
staff-account-invited = invitado
staff-account-enable = Activar
staff-account-disable = Desactivar
staff-account-disable-question = Se cierra su sesión en seguida y no pueden volver a entrar.
staff-account-reset = Contraseña nueva
staff-account-reset-question = Se muestra una vez un enlace para una contraseña nueva. La anterior vale hasta que se use.
staff-link-title = Enlace para una persona
staff-link-once = Este enlace se muestra ahora y nunca más.
staff-link-how = Déselo; con él eligen una contraseña.

# shelves
staff-shelves-lead = Cuánto hay en cada uno. Lo que está ahí espera a su gente como tras una puerta.
staff-shelves-none-title = Todavía no hay estantes
staff-shelf-no-zone = Estantes
staff-shelf-filled = { $n } de { $all }
staff-shelf-parcels = { $n ->
    [one] { $n } paquete
   *[other] { $n } paquetes
}
staff-shelf-largest = admite paquetes hasta { $size }
staff-shelf-floor = un sitio en el suelo, hasta { $size }
staff-shelf-empty = Aquí no hay nada.
staff-shelf-inside = Lo que hay aquí
staff-shelf-takes = Qué admite
staff-class = Qué es
staff-class-usual = Lo corriente
staff-class-meal = Comida
staff-class-chilled = Mantener frío
staff-class-medicine = Medicina
staff-class-signature = Requiere firma
staff-class-times-hint = Paquetes que no se conservan: se recuerda a sus destinatarios y después se avisa al personal. La medicina nunca queda a la vista; lo que requiere firma va de mano en mano.
staff-class-meal-time = Una comida espera, minutos
staff-class-chilled-time = Lo frío espera, horas
staff-class-medicine-time = La medicina espera, horas
staff-class-signature-time = Lo que requiere firma espera, horas
staff-class-reminded = Se recuerda pasada esta parte del tiempo, por ciento
staff-invalid-class-time = El tiempo de espera se escribe como un número entero.
staff-act-classify = Decir qué es
staff-drop-title = Paquetes sin escanear
staff-drop-lead = { $n ->
        [one] Un paquete, dejado { $when }
       *[other] { $n } paquetes, dejados { $when }
    }
staff-drop-no-photo = Ninguna cámara los vio. Mire sus etiquetas.
staff-drop-whose = Decir de quién es
staff-drop-sorted = Estos paquetes están ordenados
staff-drop-sorted-text = Cada uno es de alguien o está en el mostrador.
staff-keep-for = Reservar para un tipo de paquete
staff-keep-for-hint = Lo que se reserva para un tipo lo recibe primero, y nada más.
staff-kept-for = Reservado para
staff-fact-kept-until = Se guarda hasta
staff-hand-over-signed = Han firmado la entrega
staff-shelf-zone = Dónde está
staff-shelf-zone-hint = Una sala o un estante grande, como lo llama la gente. Hasta 40 caracteres.
staff-shelf-largest-label = Paquete más grande
staff-shelf-holds = Cuántos paquetes
staff-shelf-holds-hint = Desde 1. Déjelo vacío si nadie los contó.
staff-shelf-height = Altura en mm
staff-shelf-height-hint = De la tabla sobre el suelo, hasta 3000. Quien pidió alcance recibe de 380 a 1220.
staff-shelf-floor-label = Un sitio en el suelo: admite lo que no cabe en otra parte
staff-invalid-size = Elija un tamaño.
staff-shelve-again = Mover a otro estante

# events
event-site-founded = se creó el sistema
event-policy-set = se cambiaron las reglas
event-bank-installed = se instaló { $bank } con { $n } casilleros
event-bank-changed = { $bank } se dibujó de nuevo, dibujo { $n }
event-room-drawn = { $label } se dibujó, dibujo { $n }
event-wiring-set = se conoce el cableado de { $bank }, versión { $n }
event-wiring-test-began = empezó una prueba del cableado de { $bank }
event-wiring-tried = se probó el cierre tomado por { $door }: { $opened ->
    [door] se abrió una puerta
    [several] se abrieron varias puertas
   *[nothing] no se abrió nada
  }
event-wiring-test-stopped = se paró la prueba del cableado de { $bank }, que queda como estaba
event-shelf-installed = se creó el estante { $label }
event-shelf-described = se fijó qué admite el estante { $label }
event-drop-place-named = se creó el lugar de entrega { $label }
event-desk-hours-set = se fijó el horario del mostrador: { $hours }
event-carrier-named = se añadió el transportista { $carrier }
event-kiosk-paired = se vinculó { $kiosk }
event-kiosk-banks-set = se cambió lo que ve { $kiosk }
event-kiosk-unpaired = se desvinculó { $kiosk }
event-staff-enrolled = { $who } se unió al personal
event-site-started = el equipo arrancó (arranque { $n })
event-epoch-raised = se restauró una copia o se perdieron registros; comienza el registro { $n }
event-clock-doubted = el reloj mostró { $wall } y no se da por bueno
event-disk-low = { $low ->
        [yes] el disco está casi lleno
       *[no] el disco vuelve a tener espacio
    }
event-step-skipped = { $skipped ->
        [yes] puesta en marcha: se omitió { $step }
       *[no] puesta en marcha: { $step } queda por hacer
    }
event-getting-ready-hidden = { $hidden ->
        [yes] ya no se recuerda la puesta en marcha
       *[no] se vuelve a recordar la puesta en marcha
    }
event-test-mail-requested = { $who } pidió un correo de prueba
event-unit-added = se añadió { $unit } (número de teclado { $keypad })
event-tenancy-began = nuevas personas se mudaron a { $unit }
event-person-joined = { $who } se mudó aquí
event-person-left = { $keeps ->
        [yes] { $who } se mudó y puede recoger lo que espera hasta { $until }
       *[no] { $who } se mudó
    }
event-sharing-set = { $sharing ->
        [shared] los paquetes de { $who } son para todo el hogar
        [private] los paquetes de { $who } son solo suyos
       *[site] los paquetes de { $who } siguen la regla del edificio
    }
event-courier-code-issued = se creó un código para { $carrier }, hasta { $until }
event-courier-code-revoked = { $later ->
        [yes] un código de mensajero termina { $at }
       *[no] un código de mensajero terminó
    }
event-card-issued = se imprimió una tarjeta para { $who }
event-card-revoked = una tarjeta dejó de funcionar
event-pickup-code-issued = se creó un código de recogida para { $who }
event-pickup-code-ended = un código de recogida terminó
event-code-missed = { $purpose ->
        [deliver] se tecleó un código de mensajero erróneo en { $kiosk } ({ $selector })
       *[pick-up] se tecleó un PIN erróneo en { $kiosk } para { $selector }
    }
event-code-accepted = { $purpose ->
        [deliver] se aceptó el código de mensajero { $code } en { $kiosk }
       *[pick-up] se aceptó el código de recogida { $code } en { $kiosk }
    }
event-selector-paused = el teclado para { $selector } queda en pausa hasta { $until }
event-kiosk-paused = el teclado de { $kiosk } queda en pausa hasta { $until }
event-keypads-off = todos los teclados quedan apagados hasta que el personal lo permita
event-pauses-lifted = se levantaron todas las pausas
event-visit-began = { $kind ->
        [courier] un mensajero de { $who } empezó en { $kiosk }
        [guest] alguien que entró sin código empezó en { $kiosk }
       *[resident] { $who } llegó a { $kiosk }
    }
event-looked-up = el mensajero buscó a alguien
event-visit-continued = la visita continuó
event-visit-ended = { $how ->
        [finished] la visita terminó
        [idle] la visita terminó, nadie tocó la pantalla
        [too-long] la visita terminó tras una hora
       *[restart] la visita terminó con un reinicio
    }
event-turned = { $turn ->
        [bigger] en { $door }: demasiado pequeño, uno más grande
        [not-left] en { $door }: el mensajero se queda el paquete
        [inside] en { $door }: ya hay algo dentro
        [leave] en { $door }: algo se queda dentro
        [not-mine] en { $door }: esto no es mío
       *[empty] en { $door }: estaba vacío
    }
event-parcel-registered = { $known ->
        [yes] { $carrier } lo trajo para { $unit }
       *[no] { $carrier } lo trajo, no se sabe para quién
    }, tamaño { $size }{ $heavy ->
        [yes] {", "}pesado
       *[no] {""}
    }
event-place-planned = su lugar es { $place }
event-recipient-corrected = { $known ->
        [yes] ahora es para { $unit }
       *[no] se retiró para quién es
    }
event-parcel-disowned = { $who } dijo que no es suyo
event-custody-transferred = { $to ->
        [courier] lo tiene el mensajero ({ $who })
        [compartment] puesto en { $place }
        [shelf] puesto en { $place }
        [area] dejado en { $place }
        [staff] recibido por { $who } en el mostrador
        [recipient] recogido por { $who }
        [carrier] devuelto a { $who }
        [missing] falta; estaba: { $from }
       *[written-off] dado de baja; estaba: { $from }
    }
event-parcel-overdue = espera más de lo que el edificio guarda
event-parcel-classified = { $class ->
        [meal] es comida
        [chilled] hay que mantenerlo frío
        [medicine] es medicina
        [signature] requiere una firma
       *[usual] es un paquete corriente
    }
event-parcel-reminded = se recordó a sus destinatarios
event-parcel-late = espera más de lo que puede uno de su tipo
event-parcels-dropped = dejado sin escanear, { $n } juntos
event-drop-late = lo que se dejó sin escanear sigue sin ordenar
event-place-kept-for = { $class ->
        [meal] { $place } queda para comida
        [chilled] { $place } queda para lo frío
        [medicine] { $place } queda para medicinas
       *[usual] { $place } vuelve a ser para todo
    }
event-parcel-filed = se cerró su registro
event-compartment-designated = { $how ->
        [only] { $door } es solo para { $unit }
        [first] { $door } es primero para { $unit }
       *[free] { $door } es para todos
    }
event-compartment-service-set = { $in ->
        [yes] { $door } vuelve a estar en uso
       *[no] { $door } quedó fuera de uso
    }
event-compartment-to-check = nadie sabe qué hay en { $door }
event-compartment-checked = se revisó { $door }
event-opening-authorised = { $purpose ->
        [deposit] { $door } se abre para una entrega
        [fix] { $door } se abre otra vez para el mensajero
        [collect] { $door } se abre para recoger
        [reopen] { $door } se abre una vez más
        [staff-open] { $door } se abre para el personal
        [staff-remove] { $door } se abre para sacarlo
       *[staff-place] { $door } se abre para meterlo
    }
event-opening-attempted = se envió el impulso { $n }
event-pulse-failed = { $outcome ->
        [opened] el impulso { $n } abrió la puerta
        [closed] el impulso { $n } no abrió la puerta
        [unknown] no se sabe qué hizo el impulso { $n }
       *[not-sent] el impulso { $n } no se envió
    }
event-not-opened = la puerta no se abrió
event-opening-unknown = no se sabe si la puerta se abrió
event-compartment-opened = { $explained ->
        [yes] { $door } se abrió
        [key] { $who } abrió { $door } con la llave
       *[no] { $door } se abrió sin explicación
    }
event-compartment-closed = { $door } se cerró
event-compartment-forced = puede que hayan forzado { $door }
event-key-announced = { $who } va a abrir { $door } con la llave, hasta { $until }
event-force-explained = { $who } abrió { $door } con la llave
event-compartment-held-open = { $door } estuvo abierto demasiado tiempo
event-occupancy-seen = { $occupied ->
        [yes] el sensor ve algo en { $door }
       *[no] el sensor ve { $door } vacío
    }
event-board-silent = { $bank } no responde
event-board-back = { $bank } vuelve a responder
staff-denied-not-this-door = el código es de otras puertas
staff-denied-closed-to-couriers = la puerta está cerrada para repartidores
staff-denied-outside-hours = fuera del horario del código
staff-denied-late-night = a esta hora no entran repartidores
staff-denied-pass-in-use = el pase se usa en otra puerta
staff-denied-code-dead = el código ya no vale
staff-denied-nothing-waits = no le espera nada
staff-denied-wrong-code = un código erróneo
event-access-point-installed = se instaló la puerta { $door }
event-access-point-changed = se cambió la puerta { $door }
event-access-point-removed = se retiró la puerta { $door }
event-door-mode-set = { $mode ->
        [locked] { $door } está cerrada y se abre con código
        [scheduled] { $door } está abierta a todos: { $hours }
       *[closed] { $door } está cerrada para repartidores
    }
event-holidays-set = { $n ->
        [one] las puertas conocen 1 festivo
       *[other] las puertas conocen { $n } festivos
    }
event-door-night-set = { $night ->
        [site] { $door } sigue la noche de todas las puertas
        [none] { $door } no tiene noche
        [refuse] { $door } no deja entrar a repartidores: { $hours }
       *[tell] { $door } avisa al personal de los repartidores: { $hours }
    }
event-door-policy-set = se cambiaron las reglas de las puertas
event-kiosk-doors-set = se cambiaron las puertas en las que está { $kiosk }
event-pass-issued = { $kind ->
        [visitor] se hizo un pase de visita, hasta { $until }
       *[delivery] se hizo un pase de entrega, hasta { $until }
    }
event-pass-spent = un pase dejó entrar por { $door }; sus otras puertas abren hasta { $until }
event-pass-ended = { $used ->
        [yes] un pase dejó entrar y quedó gastado
       *[no] terminó un pase
    }
event-door-code-missed = { $purpose ->
        [enter] se tecleó un código erróneo en { $door } ({ $selector })
       *[collect] se tecleó un PIN erróneo en { $door } para { $selector }
    }
event-door-paused = no se puede teclear en { $door } hasta { $until }
event-entry-began = { $kind ->
        [courier] un repartidor de { $who } puede entrar por { $door }, con el código { $code }
        [pass] quien tiene el pase { $code } puede entrar por { $door }
        [resident] { $who } puede entrar por { $door }, con el código { $code }
        [staff] { $who } abrió a alguien en { $door }
        [rang] quien llamó puede entrar por { $door }, a { $who }
        [parcel] alguien puede entrar por { $door } con un paquete para { $who }
       *[open] a esta hora puede entrar cualquiera por { $door }
    }
event-entry-denied = { $known ->
        [yes] no se dejó entrar por { $door } con el código { $code }: { $why }
       *[no] no se dejó entrar por { $door }: { $why }
    }
event-entry-released = { $outcome ->
        [taken] se desbloqueó la cerradura para la entrada { $n }
        [not-taken] no se desbloqueó la cerradura para la entrada { $n }
       *[unknown] la cerradura no dijo si se desbloqueó para la entrada { $n }
    }
event-entry-unknown = nadie sabe si se desbloqueó la puerta para la entrada { $n }
event-entry-joined = quien entró con la entrada { $n } trabaja en una pantalla
event-deposit-awaited = quien entró con la entrada { $n } ha salido y puede traer más
event-entry-suspected = { $what ->
        [no-deposit] la entrada { $n } no dejó ningún paquete conocido
        [open-long] otros pudieron seguir a la entrada { $n }: la puerta estuvo abierta mucho tiempo
        [second-code] se mostró otro código con la puerta abierta para alguien: entrada { $n }
        [two-doors] el código de la entrada { $n } se usa en dos puertas a la vez
        [left-with-more] la entrada { $n } pudo salir con más: { $parcel } no se encontró después
       *[no-exit] no se vio salir a la entrada { $n }
    }
event-entry-ended = { $how ->
        [passed] la entrada { $n } pasó
        [left] la entrada { $n } volvió a salir
        [not-leaving] la entrada { $n } terminó sin salida
        [not-opened] nadie pasó con la entrada { $n }
       *[unknown] la entrada { $n } terminó y nadie sabe cómo
    }
event-passage-opened = { $why ->
        [entry] { $door } se abrió para una entrada
        [exit] { $door } se abrió, alguien salió
        [hours] { $door } se abrió en su horario
       *[nothing] { $door } se abrió y nada lo explica
    }
event-passage-closed = { $door } se cerró
event-passage-unreadable = no se puede leer el contacto de { $door }
event-passage-still-open = { $door } se puede leer de nuevo y sigue abierta
event-passage-forced = quizá se forzó { $door }
event-passage-held-open = { $door } estuvo abierta demasiado tiempo
event-room-watched = se pidieron fotos de la sala detrás de { $door }, había alguien dentro
event-exit-requested = alguien dentro pidió que se abriera { $door }
event-passage-explained = alguien dentro había pedido que se abriera { $door }: por eso se abrió
event-reader-awaited = se admite un lector nuevo en { $door }, hasta { $until }
event-reader-key-set = el lector de { $door } ha recibido su propia clave
event-door-answers = { $answers ->
        [yes] el control de { $door } vuelve a responder
       *[no] el control de { $door } no responde
    }
event-door-tampered = { $tampered ->
        [yes] se abrió o se arrancó el lector de { $door }
       *[no] el lector de { $door } está otra vez cerrado
    }
event-ring-began = alguien llamó en { $door } para { $unit }
event-ring-answered = { $let ->
        [yes] se abrió a quien llamó
       *[no] se rechazó a quien llamó
    }
event-ring-lapsed = nadie respondió a quien llamó
event-notice-requested = { $what ->
        [arrived] se avisa a { $who } de que algo espera
        [moved] se avisa a { $who } de que está en otro sitio
        [new-code] { $who } recibe un código nuevo
        [collected] se avisa a { $who } de que se sacó con su código
        [collected-by] se avisa a { $who } de quién lo recogió
        [handed-over] { $who } recibe un justificante
        [returned] se avisa a { $who } de que se devolvió
        [written-off] se avisa a { $who } de que se dio de baja
        [ringing] se pregunta a { $who } si abre a alguien
        [let-in] se avisa a { $who } de que se abrió a alguien
       *[card-used] se avisa a { $who } de que se usó la tarjeta
    }
event-notice-handed-over = el mensaje se entregó
event-notice-in-trouble = { $trouble ->
        [no-channel] no hay forma de enviar el mensaje
        [refused] la dirección rechazó el mensaje
       *[late] el mensaje se retrasa y se sigue intentando
    }
event-task-raised = hace falta el personal: { $task }
event-task-done = se hizo una tarea
event-photo-missing = { $known ->
        [yes] { $trouble ->
            [no-answer] sin foto: { $camera } no respondió
            [no-picture] sin foto: { $camera } envió algo que no es una imagen
            [refused] sin foto: { $camera } se negó
            [busy] sin foto: { $camera } estaba ocupada
            [space-low] sin foto: el disco está casi lleno
            [not-kept] sin foto: no se pudo guardar
            [stopped] sin foto: el sitio se detuvo antes
            [no-camera] sin foto: ninguna cámara mira allí
           *[not-configured] sin foto: { $camera } no está configurada
        }
       *[no] falta una foto que debería estar
    }
event-camera-installed = se instaló la cámara { $camera }
event-camera-set = la cámara { $camera } mira ahora otra cosa
event-camera-removed = se retiró la cámara { $camera }
event-camera-silent = la cámara { $camera } no da fotos
event-camera-back = la cámara { $camera } da fotos de nuevo
event-photo-taken = { $why ->
        [log-in] { $camera } vio identificarse a un repartidor
        [deposit] { $camera } vio cómo se dejaba
        [collection] { $camera } vio cómo se sacaba
        [denial] { $camera } vio a alguien rechazado
        [forced] { $camera } vio una puerta que se abrió sola
        [held-open] { $camera } vio una puerta que quedó abierta
        [inside] { $camera } vio una casilla que no está vacía
        [doubted] { $camera } vio lo que el destinatario duda
        [intake] { $camera } vio cómo se recibía
        [entry] { $camera } vio a quien puede entrar
        [opened] { $camera } vio abrirse la puerta
        [in-room] { $camera } vio a quien está dentro
        [followed] { $camera } vio a quien pudo entrar detrás
        [rang] { $camera } vio a quien llamó
        [drop] { $camera } vio cómo se dejaban paquetes
        [check-out] { $camera } vio cómo se lo llevaban del estante
       *[hand-over] { $camera } vio cómo se entregaba
    }
event-photo-viewed = alguien miró la foto { $n }
event-photo-changed = el archivo de la foto { $n } no es el que se registró
event-photo-erased = { $why ->
        [over] se borró la foto { $n }, su plazo había terminado
       *[lost] la foto { $n } ya no está en el disco
    }
event-evidence-held = { $what ->
        [photo] la foto { $n } se guarda hasta { $until }
        [entry] todas las fotos de la entrada { $n } se guardan hasta { $until }
       *[parcel] todas las fotos del paquete { $n } se guardan hasta { $until }
    }
event-evidence-released = { $what ->
        [photo] la foto { $n } ya no está retenida
        [entry] las fotos de la entrada { $n } ya no están retenidas
       *[parcel] las fotos del paquete { $n } ya no están retenidas
    }

# import
staff-import-lead = Un archivo CSV como lo escribe su programa de gestión. No cambia nada hasta que vea qué cambiaría.
staff-import-file = Archivo
staff-import-file-hint = CSV, hasta 10 MB. Encabezados como unit, first name, last name, email, phone.
staff-import-complete = La lista es completa: quien falte se muda
staff-import-strangers = Nombres nuevos en un apartamento cuya gente la lista no menciona
staff-import-ask = preguntarme
staff-import-replace = son inquilinos nuevos; los otros se mudan
staff-import-join = son compañeros; se quedan todos
staff-import-skip = Omitir las filas que no se entiendan
staff-import-try = Ver qué cambiaría
staff-import-diff = Qué cambiaría
staff-import-read = { $rows ->
        [one] Una fila leída
       *[other] { $rows } filas leídas
    } ({ $encoding })
staff-import-nothing-yet = Aún no ha cambiado nada. No se escribe a nadie.
staff-import-bad-rows = { $n ->
        [one] Una fila no se entiende. Corrija el archivo u omita esas filas.
       *[other] { $n } filas no se entienden. Corrija el archivo u omita esas filas.
    }
staff-import-do = Incorporar
staff-import-new-units = apartamentos nuevos
staff-import-new-people = se mudan aquí
staff-import-changed = cambian
staff-import-moved-out = se van
staff-import-unchanged = sin cambios
staff-import-not-in-file = no figuran, se quedan
staff-import-without-channel = sin contacto
staff-import-list-bad = No se entienden
staff-import-list-conflicts = Necesitan una decisión; quedan como están
staff-import-list-later = Se mudan más tarde; importe entonces
staff-import-list-notes = Conviene saber
staff-import-line = Línea { $n }
staff-import-more = y { $n } más
staff-import-columns = Cómo se leyeron las columnas
staff-import-unused = no se usa
staff-import-out-date = por su fecha
staff-import-out-not-listed = no está en la lista
staff-import-out-replaced = se mudaron otros
staff-import-no-file = elija un archivo
staff-import-over = esta prueba ya no vale; suba el archivo otra vez

# refusals
staff-refused-title = Eso no funciona ahora
staff-refused-back = Volver

# printers
staff-print-on = Imprimir en { $printer }
staff-tell-print-on = Crear la hoja e imprimirla en { $printer }
staff-tell-show = Crear la hoja y mostrarla aquí
staff-card-print-on = Crear una tarjeta e imprimirla en { $printer }
staff-badge-print-on = Código nuevo, credencial impresa en { $printer }
staff-print-done = { $printer } lo ha impreso.
staff-print-sent = Se envió a { $printer }, que no dice si imprimió. Mire el papel.
staff-print-away = No se puede llegar a { $printer }. ¿Está encendida y conectada?
staff-print-no-paper = { $printer } dice: sin papel.
staff-print-cover-open = { $printer } dice: la tapa está abierta.
staff-print-offline = { $printer } dice: no está lista.
staff-print-hung-up = { $printer } se detuvo a la mitad. Si una parte está en papel, rómpala.
staff-print-stalled = { $printer } no acepta nada ahora. Si una parte está en papel, rómpala.
staff-labels-lead = Para recortar y pegar.
staff-labels-none = Todavía no hay nada que etiquetar.
staff-label-qr = Código QR del número de seguimiento
staff-shelf-qr = Código QR del estante
staff-door-labels = Etiquetas de las puertas
staff-door-labels-title = Etiquetas de las puertas de { $bank }
staff-shelf-labels = Etiquetas de los estantes
staff-parcel-label = Etiqueta del paquete
# A pack of evidence
staff-pack = Pruebas
staff-pack-text = Un archivo firmado con todo lo que consta de este paquete. Quien lo reciba puede comprobarlo sin este edificio. Nombra a las personas de este paquete: entréguelo solo a quien deba saberlo.
staff-pack-compartment-text = Lo registrado de este casillero en los últimos 30 días, en una página y como archivo firmado. Allí puede elegir otro tiempo.
staff-pack-get = Descargar las pruebas
staff-pack-everything = Todo lo que pasó
staff-pack-made = Hecho { $when } por { $by }. Las horas son las de { $zone }.
staff-pack-head-event = Registro
staff-pack-photos = Fotos
staff-pack-photos-left-out =
    { $n ->
        [one] Una foto de estos registros no está en este archivo.
       *[other] { $n } fotos de estos registros no están en este archivo.
    }
staff-pack-photo = Foto { $n }
staff-pack-check = Cómo comprobarlo
staff-pack-check-text = Esta página viene en un archivo junto con los registros mismos. El programa de abajo dice si algo de ese archivo se cambió. No necesita red.
staff-pack-fingerprint = Compare estos signos con los de la página de ajustes del edificio:
staff-pack-checkpoint = El punto de control { $origin } sobre los primeros { $size } registros muestra que estos son parte del libro del edificio.
staff-settings-ledger = Firma del libro
staff-settings-ledger-text = Lo que pasa aquí se registra y se firma. Quien comprueba un archivo de aquí compara estos signos con los suyos.
staff-settings-ledger-newest = Firmado hasta el registro { $size }, { $when }.
staff-settings-ledger-none = Aún no hay nada firmado.
staff-settings-ledger-key = Para programas que vigilan el libro:
staff-console-name = la consola del equipo
# photos
staff-camera-unnamed = cámara { $n }
staff-camera-of-the-screen = cámara de la pantalla
staff-cameras-title = Cámaras
staff-cameras-lead = Toman fotos como prueba. Nada espera por ellas y no reconocen a nadie.
staff-cameras-empty-title = No hay cámaras
staff-cameras-empty = Todo funciona sin ellas. El archivo de configuración nombra las cámaras en [[camera]].
staff-cameras-kept = { $n ->
        [one] Se guarda una foto
       *[other] Se guardan { $n } fotos
    }
staff-cameras-size = { $mb } MB
staff-cameras-size-unknown = no se puede leer su carpeta
staff-cameras-for = Personas: { $people }. Solo paquetes: { $parcels } después de su fin.
staff-hours-n = { $n } horas
staff-days-n = { $n ->
        [one] 1 día
       *[other] { $n } días
    }
staff-camera-answers = responde
staff-camera-silent = sin fotos
staff-camera-not-here = sin configurar
staff-camera-fault-silent = No responde. Revise su corriente y su conexión.
staff-camera-fault-no-picture = Responde algo que no es una imagen completa. Revise su dirección y sus ajustes.
staff-camera-fault-password-refused = Rechaza usuario y contraseña. Revise ambos, en la cámara y en la configuración, y arranque el sitio de nuevo: una contraseña rechazada no se repite.
staff-camera-fault-not-permitted = Su usuario no puede ver la imagen. Dele ese permiso en la cámara.
staff-camera-fault-blocked = Está bloqueada un rato tras una contraseña equivocada. Revise la contraseña.
staff-camera-fault-busy = Demasiados la miran a la vez. Cierre otros visores.
staff-camera-fault-sent-elsewhere = Nos envía a otro lugar, y eso no se sigue. Configure la dirección en la que se le debe preguntar.
staff-camera-fault-wrong-address = No hay imagen en la dirección configurada.
staff-camera-fault-no-past = No guardó imagen de ese momento.
staff-camera-fault-certificate-expired = Su certificado ha caducado. Renuévelo en la cámara y fije el nuevo.
staff-camera-fault-certificate-unknown = Muestra otro certificado que el fijado. Fije el nuevo si la cámara recibió uno; si no, mire quién responde.
staff-camera-fault-unsupported = No se le puede preguntar con seguridad, o no tiene lo que se pide. La traza del sitio dice cuál.
staff-camera-fault-vendor = Se niega con su código { $code }. Su manual dice por qué.
staff-camera-sees = Mira a
staff-camera-sees-bank = el frente de { $bank }
staff-camera-sees-kiosk = quien está ante { $kiosk }
staff-camera-sees-door = quien está ante { $door }
staff-camera-sees-inside = la sala detrás de { $door }, desde dentro
staff-camera-sees-desk = el mostrador
staff-camera-view = A la vista
staff-camera-view-people = personas
staff-camera-view-parcels = solo paquetes
staff-camera-answered = Última respuesta
staff-camera-still = Última foto guardada
staff-camera-errors = Fallos de las últimas { $n } peticiones
staff-camera-error-rate = { $failed } ({ $percent } %)
staff-camera-clock = Su reloj
staff-camera-clock-right = coincide con el nuestro
staff-camera-clock-ahead = { $seconds } s adelantado
staff-camera-clock-behind = { $seconds } s atrasado
staff-camera-clock-none = no muestra ninguno
staff-photos = Fotos
staff-photo-n = Foto { $n }
staff-photo-open = Abrir la foto { $n }: { $why }
staff-photo-hint = Abrir una foto queda registrado con su nombre.
staff-photo-viewed-now = Quedó registrado que usted la mira.
staff-photo-video = Un fotograma de vídeo. El navegador no lo muestra; un reproductor sí.
staff-photo-download = Guardar el fotograma
staff-photo-why-log-in = se identificó un repartidor
staff-photo-why-deposit = se dejó
staff-photo-why-collection = se sacó
staff-photo-why-denial = alguien fue rechazado
staff-photo-why-forced = una puerta se abrió sola
staff-photo-why-held-open = una puerta quedó abierta
staff-photo-why-inside = una casilla no estaba vacía
staff-photo-why-doubted = el destinatario lo duda
staff-photo-why-intake = se recibió en el mostrador
staff-photo-why-hand-over = se entregó en el mostrador
staff-photo-why-entry = alguien puede entrar
staff-photo-why-opened = la puerta se abrió
staff-photo-why-in-room = hay alguien dentro
staff-photo-why-followed = alguien pudo entrar detrás
staff-photo-why-rang = alguien llamó
staff-photo-why-drop = se dejó sin escanear
staff-photo-why-check-out = se lo llevaron del estante
staff-photo-taken = Registrada
staff-photo-camera = Cámara
staff-photo-reason = Por qué
staff-photo-kept = Se guarda hasta
staff-photo-kept-at-least = al menos hasta el fin de su paquete
staff-photo-held = retenida hasta { $until }
staff-photo-hash = Su nombre en el registro
staff-photo-gone-over = Borrada: su plazo había terminado.
staff-photo-gone-lost = La imagen ya no está en el disco.
staff-photo-changed = El archivo del disco no es el que se registró.
staff-photo-hold = Guardarla más tiempo
staff-photo-hold-lead = Una foto retenida no se borra antes del día que usted indique.
staff-photo-hold-what = Qué
staff-photo-hold-alone = Solo esta foto
staff-photo-hold-parcel = Todas las fotos del paquete { $n }
staff-photo-hold-entry = Todas las fotos de la entrada { $n }
staff-photo-hold-until = Hasta el final del
staff-photo-hold-why = Por qué
staff-photo-hold-words = Con palabras
staff-photo-hold-do = Retenerla
staff-photo-release = Terminar la retención
staff-photo-release-parcel = Terminar la retención del paquete { $n }
staff-photo-release-entry = Terminar la retención de la entrada { $n }
staff-hold-title = Guardar las fotos más tiempo
staff-hold-lead = Todas sus fotos se guardan hasta el día que usted indique, también las que vengan.
staff-hold-all = Retener todas sus fotos
staff-hold-again = Cambiar la retención
staff-hold-until = Retenidas hasta { $until }: { $reason }
staff-hold-police = policía o juzgado
staff-hold-claim = una reclamación al seguro o a la empresa
staff-hold-dispute = un desacuerdo con un destinatario
staff-hold-other = otro motivo
staff-invalid-day = Escriba un día futuro como 2026-12-31.
staff-invalid-hold-words = Diga con palabras por qué se retiene.
staff-photos-kept-hint = Las fotos de solo paquetes se guardan hasta 30 días después de su fin.

staff-nav-passages = Puertas
staff-said-ring-refused = Se les ha negado. La puerta sigue cerrada para ellos.
staff-head-passage = Puerta
staff-head-mode = Modo
staff-head-last-entry = Última entrada
staff-head-left-there = Dejado
staff-head-opens = Abre
staff-passages-title = Puertas
staff-passages-lead = Cómo está cada una y quién entró el último. Salir es libre en todas, sin este programa.
staff-passages-empty-title = Aún no hay puertas
staff-passages-empty = Añada las puertas por las que entran los repartidores: el portal, la sala de paquetes.
staff-passage-new = Añadir una puerta
staff-passage-change = Cambiar lo que es
staff-passage-remove = Quitar esta puerta
staff-passage-remove-question = Ningún código la abre desde ahora, y terminan los pases que solo valían para ella. Lo ocurrido en ella se conserva. Si el archivo de configuración la nombra, quítela antes de allí: si no, el próximo arranque la pondrá de nuevo.
staff-passage-name = Cómo la llama la gente
staff-passage-kind = Tipo
staff-passage-kind-entrance = entrada del edificio
staff-passage-kind-room = puerta de una sala de paquetes
staff-passage-kind-bank-room = puerta de una sala con taquillas
staff-passage-has-contact = Un contacto dice si está abierta
staff-passage-has-exit = Un contacto dice que alguien sale
staff-passage-no-exit = Nada dice que alguien sale
staff-passage-has-reader = Tiene un lector, un teclado o un quiosco
staff-passage-behind = Detrás
staff-passage-behind-nothing = ni taquillas ni estantes
staff-passage-tells = Lo que dice
staff-passage-egress = Desde dentro siempre se abre
staff-passage-unreadable = no se puede leer
staff-passage-shut = cerrada
staff-passage-open = abierta desde { $since }
staff-passage-held = abierta demasiado tiempo
staff-passage-forced = quizá forzada
staff-passage-tampered = lector abierto
staff-passage-silent = no responde
staff-passage-no-contact = Nada dice si está abierta
staff-passage-open-to-all = abierta a todos ahora
staff-passage-mode = Modo
staff-passage-mode-locked = Cerrada, se abre con código
staff-passage-mode-scheduled = Abierta a todos en sus horas
staff-passage-mode-closed = Cerrada a repartidores
staff-passage-hours-hint = Las horas valen para una puerta abierta a todos en sus horas. En festivo sigue cerrada.
staff-passage-let-in = Dejar entrar a alguien
staff-passage-let-in-hint = La cerradura se libera una vez, unos segundos. Queda anotado quién lo hizo y por qué.
staff-passage-let-in-do = Liberar la puerta una vez
staff-passage-no-photos = No hay fotos de esta puerta en el último día.
staff-passage-rings = Alguien llama
staff-passage-rings-for = Viene a { $unit }, sin código. La respuesta vale hasta { $until }. Mire las fotos de abajo.
staff-passage-rules = Reglas de todas las puertas
staff-passage-rules-lead = La noche, quien viene sin código, cuánto puede quedar abierta una puerta, festivos.
staff-passage-rules-doors = Códigos y horas
staff-passage-hold = La cerradura se libera durante, en segundos
staff-passage-held-after = Una puerta queda abierta demasiado después de, en segundos
staff-passage-long-after = Otros pudieron entrar si una puerta sigue abierta después de, en segundos
staff-passage-inside = Se espera que un repartidor salga tras, en minutos
staff-passage-still = Mientras hay alguien en una sala con cámara, una foto cada tantos segundos
staff-passage-still-hint = De 5 a 600. Vacío: ninguna. Como mucho 30 por entrada, y ninguna mientras el disco está casi lleno.
staff-no-code = Quien viene sin código
staff-no-code-off = ve el teléfono de ayuda
staff-no-code-yes = llama, y alguien dice que sí
staff-no-code-parcel = entra por un paquete, tantas veces por hora; después alguien debe decir que sí
staff-no-code-an-hour = Por un paquete, como mucho tantas veces por hora y puerta
staff-late = Repartidores de noche
staff-late-refuse = no entran; pueden llamar
staff-late-tell = entran, y el personal recibe una tarea
staff-late-hours = Estas son las horas de la noche. Sin ningún día no hay regla para la noche.
staff-night-site = como en todas las puertas
staff-night-none = sin regla en esta puerta
staff-night-own = { $rule }: { $hours }
staff-night-hint = Para una puerta propia: otro edificio, otra noche. Las horas valen donde no entran repartidores o el personal recibe una tarea; sin ningún día no hay noche en esta puerta.
staff-holidays = Festivos
staff-holidays-days = Días en que ninguna puerta se abre por sus horas
staff-holidays-hint = Uno por línea, como 2026-12-25.
staff-invalid-holiday = «{ $day }» no es un día; escriba los días como 2026-12-25
staff-invalid-doors = elija al menos una puerta
staff-window-n = Horas { $n }
staff-opens-doors = Abre estas puertas
staff-opens-none = ninguna puerta
staff-ring-look = Ver quién es
staff-kiosk-doors = Está junto a
staff-kiosk-doors-change = Puertas junto a las que está
staff-entries-title = Entradas
staff-entries-lead = { $n ->
        [one] Se muestra 1 entrada.
       *[other] Se muestran { $n } entradas.
    }
staff-entries-day = Día
staff-entries-days = Días
staff-entries-show = Mostrar
staff-entries-all-doors = todas las puertas
staff-entries-day-before = Día anterior
staff-entries-day-after = Día siguiente
staff-entries-empty-title = No entró nadie
staff-entries-empty = Ese día no se anotó ninguna entrada.
staff-entry-n = Entrada { $n }
staff-entry-code = Entró con
staff-entry-began = Se le dejó entrar
staff-entry-opened = La puerta se abrió
staff-entry-closed = La puerta se cerró tras ellos
staff-entry-odd = Lo extraño
staff-entry-nothing-odd = nada
staff-entry-no-visit = No se identificó en un quiosco
staff-entry-no-photos = No hay fotos de esta entrada.
staff-entry-stills = En la sala
staff-entry-deposits = { $n ->
        [0] ningún paquete
        [one] 1 paquete
       *[other] { $n } paquetes
    }
staff-not-seen = no se vio
staff-entry-how-goes-on = sigue
staff-entry-how-passed = entró
staff-entry-how-left = entró y volvió a salir
staff-entry-how-not-seen-leaving = no se vio salir
staff-entry-how-not-opened = no entró nadie
staff-entry-how-unknown = nadie lo sabe
staff-odd-no-deposit = no dejó paquetes
staff-odd-open-long = puerta abierta mucho rato
staff-odd-second-code = otro código mientras tanto
staff-odd-two-doors = un código en dos puertas
staff-odd-no-exit = no se vio salir
staff-entry-found-since = apareció después
staff-odd-left-with-more = pudo salir con más
staff-entrant-courier = un repartidor de { $who }
staff-entrant-pass = quien tiene un pase
staff-entrant-pass-to = quien tiene un pase, a { $who }
staff-entrant-resident = { $who }
staff-entrant-staff = alguien a quien dejó entrar { $who }
staff-entrant-rang = alguien que llamó, a { $who }
staff-entrant-parcel = alguien con un paquete para { $who }
staff-entrant-open = cualquiera, en sus horas abiertas
staff-entrant-unknown = alguien
staff-passes-title = Pases
staff-passes-lead = Un pase abre cada una de sus puertas una vez. Tras la primera puerta abre las otras durante { $minutes } minutos y luego termina. No abre taquillas.
staff-passes-empty-title = No hay pases
staff-passes-empty = Haga uno para una visita o para una entrega.
staff-pass-new = Hacer un pase
staff-pass-new-do = Hacer el pase
staff-pass-for = Para
staff-pass-visitor = visita
staff-pass-delivery = una entrega
staff-pass-unit = Vivienda a la que viene
staff-pass-unit-hint = Su nombre o número de teclado. Puede quedar vacío.
staff-pass-end = Terminar
staff-pass-end-question = Desde ahora no abre nada.
staff-pass-issued = Un pase
staff-pass-once = Se muestra solo esta vez. Imprímalo o entréguelo ahora.
staff-pass-digits = Para teclear en la puerta
staff-pass-qr = El pase como imagen para escanear
staff-pass-line = { $n ->
        [one] Abre { $doors } una vez, hasta { $until }
       *[other] Abre { $doors }, cada una vez y todas en { $minutes } minutos, hasta { $until }
    }

# which lock opens which door

staff-wiring = Probar el cableado
staff-wiring-title = Cableado de { $bank }
staff-wiring-none-title = Ninguna placa de cierres mueve este bloque
staff-wiring-none = Sus casilleros no figuran en ningún bus del archivo de configuración. Póngalos allí y reinicie.
staff-wiring-how-1 = Colóquese ante el bloque. La prueba suelta un cierre cada vez.
staff-wiring-how-2 = Diga qué puerta se abrió y empújela hasta cerrarla.
staff-wiring-how-3 = Al final, guarde lo encontrado: se corrigen los cierres cambiados o corridos y los contactos invertidos.
staff-wiring-meanwhile = Durante la prueba no se envía a nadie a este bloque con un paquete. Puede parar y seguir después.
staff-wiring-occupied = Hay paquetes en { $doors }. Un cable equivocado puede abrir cualquiera de esas puertas: no se aleje del bloque.
staff-wiring-told = Lo sé y me quedo aquí
staff-wiring-begin = Empezar la prueba
staff-wiring-go-on = Seguir, { $n } de { $all } probados
staff-wiring-anew = Empezar de nuevo
staff-wiring-now = Lo que se sabe ahora
staff-wiring-version = Versión { $n }, { $hash }
staff-wiring-changed = Corregido por la última prueba: { $doors }
staff-wiring-all-known = Se conocen todos los cierres de este bloque.
staff-wiring-unproven = Fuera de servicio, porque nadie sabe qué abren sus cierres: { $doors }. Revise los cables y pruebe otra vez.
staff-wiring-progress = { $n } de { $all } cierres probados
staff-wiring-next = Cierre siguiente
staff-wiring-shut-first = Antes, cierre todas las puertas abiertas.
staff-wiring-try = Soltar el cierre de { $door }
staff-wiring-full = Hay un paquete en { $door }. Se queda donde está; vuelva a cerrar la puerta.
staff-wiring-try-full = Soltar de todos modos el cierre de { $door }
staff-wiring-back = Atrás
staff-wiring-skip = Omitir
staff-wiring-question = ¿Qué puerta se abrió?
staff-wiring-pulsed = Se soltó el cierre tomado por { $door }.
staff-wiring-yes = Se abrió la puerta { $door }
staff-wiring-nothing = No se abrió nada
staff-wiring-several = Se abrieron varias
staff-wiring-tap = Otra: tóquela en el dibujo o elija su número abajo.
staff-wiring-other = Otra puerta
staff-wiring-door = Puerta { $door }
staff-wiring-sure = ¿Se abrió la puerta { $door }?
staff-wiring-no = No, otra
staff-wiring-found = Lo encontrado hasta ahora
staff-wiring-right = { $n ->
    [one] Se entiende un cierre.
   *[other] Se entienden { $n } cierres.
  }
staff-wiring-put-right = Esto se corrige al guardar:
staff-wiring-swapped = { $one } y { $other } están cambiados.
staff-wiring-shifted-up = La fila está corrida: cada cierre abre la puerta { $n } más adelante.
staff-wiring-shifted-down = La fila está corrida: cada cierre abre la puerta { $n } más atrás.
staff-wiring-turned = El contacto está invertido: { $doors }
staff-wiring-order = La placa envía los bytes de estado en el otro orden.
staff-wiring-apart = El contacto está en otra entrada que el cierre: { $doors }
staff-wiring-faults = Ningún mapa corrige esto. Si lo guarda así, quedan fuera de servicio:
staff-wiring-again = Probar { $door } otra vez
staff-wiring-fault-nothing = { $door }: no se abrió nada. Revise la bobina, su cable y la alimentación.
staff-wiring-fault-several = { $door }: se abrieron varias puertas. Revise si dos cierres comparten un cable o dos placas una dirección.
staff-wiring-fault-same-door = { $door }: abre la puerta { $other }, y otro cierre también.
staff-wiring-fault-no-contact = { $door }: la puerta se abrió y ningún contacto se movió. Revise el contacto y su cable.
staff-wiring-fault-elsewhere = { $door }: el contacto que se movió está en otra placa, en { $other }.
staff-wiring-fault-same-contact = { $door }: la puerta { $other } mueve el mismo contacto.
staff-wiring-fault-contacts = { $door }: se movió más de un contacto. Cierre todas las puertas y pruebe otra vez.
staff-wiring-all-tried = Se probaron todos los cierres.
staff-wiring-keep = Guardar lo encontrado
staff-wiring-stop = Parar por ahora
staff-said-wiring-kept = El cableado está guardado. Desde ahora cada apertura se rige por él.
staff-said-wiring-stopped = La prueba está parada. Lo encontrado queda para cuando siga.

# getting ready
staff-ready = Puesta en marcha
staff-ready-lead = Lo que hace falta antes del primer paquete. Cada paso está hecho cuando lo está; no hay que marcar nada.
staff-ready-progress = { $done } de { $all } hechos
staff-ready-next = Siguiente: { $step }
staff-ready-all = Todos los pasos
staff-ready-skip = Omitir por ahora
staff-ready-resume = No omitir
staff-ready-hide = No recordármelo
staff-ready-hide-question = La tarjeta desaparece. Los pasos siguen en Ajustes.
staff-ready-remind = Recordármelo en la página de inicio
staff-ready-is-done = hecho
staff-ready-is-not-needed = no hace falta aquí
staff-ready-is-open = por hacer
staff-ready-is-skipped = omitido
staff-ready-first-title = Listo para el primer paquete
staff-ready-first = Vaya a la pantalla con un código de repartidor y deje algo para usted. Su código llega por correo.
staff-ready-first-go = Pantallas
staff-ready-units = Apartamentos y residentes
staff-ready-units-what = Una lista tal como la escribe su programa de gestión. Verá lo que cambiaría antes de que cambie nada.
staff-ready-units-go = Importar una lista
staff-ready-places = Casilleros o estantes
staff-ready-places-what = Dibuje el bloque tal como cuelga en la pared. También sirve un edificio solo con estantes.
staff-ready-places-go = Dibujar un bloque
staff-ready-shelf-go = Estantes
staff-ready-connection = Cómo llegan los teléfonos y las pantallas al sistema
staff-ready-connection-what = Los teléfonos, las tabletas y otros puestos entran por TLS.
staff-ready-connection-go = Conexión
staff-ready-connection-proxy = Por un proxy inverso, que termina TLS.
staff-ready-connection-domain = Por TLS, con un certificado para un dominio suyo.
staff-ready-wiring = Prueba del cableado
staff-ready-wiring-what = Con un teléfono ante el bloque: un cierre cada vez, y usted dice qué puerta se abrió.
staff-ready-wiring-go = Probar el cableado
staff-ready-kiosk = Pantalla junto a los casilleros
staff-ready-kiosk-what = Una tableta o pantalla táctil donde están repartidores y residentes. Al vincularla es de este edificio.
staff-ready-kiosk-go = Vincular una pantalla
staff-ready-mail = Correo de prueba
staff-ready-mail-what = Los residentes reciben sus códigos por correo. Un correo a usted muestra que salen de aquí.
staff-ready-mail-go = Enviar un correo de prueba
staff-ready-mail-lead = A { $to }. Sigue el camino de cada aviso a los residentes.
staff-ready-couriers = Códigos de repartidor y cartel
staff-ready-couriers-what = Un código para cada empresa que reparte y un cartel junto a los casilleros que dice cómo.
staff-ready-couriers-go = Códigos de repartidor
staff-test-mail-do = Envíeme un correo de prueba
staff-test-mail-again = Enviar otro
staff-test-mail-server = Servidor de correo: { $server }
staff-test-mail-none = No hay ningún servidor de correo configurado. Escriba esto en el archivo de configuración, con los datos de su servidor, y reinicie.
staff-test-mail-waits = En camino desde { $when }
staff-test-mail-not-yet = Pedido a las { $when } y aún no aceptado. Se vuelve a intentar solo, cada cinco minutos como mucho.
staff-test-mail-late = Pedido a las { $when } y todavía no aceptado. Se sigue intentando; corrija lo que dice el servidor y envíe otro.
staff-test-mail-taken-title = El servidor de correo lo aceptó a las { $when }
staff-test-mail-taken = Mire en su buzón. Si no hay nada tras unos minutos, mire entre el correo no deseado.
staff-test-mail-refused = El servidor de correo no lo acepta para su dirección.
staff-test-mail-no-address = Su cuenta no tiene una dirección a la que se pueda escribir.
staff-test-mail-said = El servidor de correo

# how the site is reached
staff-connection = Conexión
staff-way-machine = Por http, solo desde este equipo.
staff-way-proxy = Por un proxy inverso en este equipo, que termina TLS.
staff-way-proxies = Por un proxy inverso en { $addresses }, que termina TLS. No se atiende a nadie más.
staff-way-files = Por TLS, con el certificado del archivo de configuración. Se vuelve a leer cuando cambia.
staff-way-own = Por TLS, con un certificado de la autoridad propia de este sistema. Cada dispositivo confía en ella una vez.
staff-way-domain = Por TLS, con un certificado para { $domains } que da una autoridad y que se renueva solo.
staff-way-plain = El proxy dice que esta página le llegó sin cifrar. Haga que envíe a todos a https.
staff-off-title = Lo que no funciona y por qué
staff-off-nothing = Funciona todo.
staff-off-others = Ningún otro equipo llega al sistema: teléfonos, tabletas y otros puestos necesitan TLS. Una pantalla en este equipo funciona.
staff-off-trust = El dominio no tiene ningún certificado válido: los dispositivos avisan hasta que lo haya, o confían en la autoridad propia de este sistema.
staff-off-camera = Los navegadores no dan la cámara a una página que llegó sin TLS: las etiquetas se leen con un lector o se escriben.
staff-off-links = Los avisos no llevan enlace, porque falta public_url. Están completos sin él.
staff-trust-title = Confianza en otros dispositivos
staff-trust-how = Escanéelo con un teléfono o ábralo allí. El teléfono avisa una vez, porque aún no conoce el sistema; compare la huella de abajo con la que muestra.
staff-trust-qr = Código QR de la página que instala el certificado
staff-trust-fingerprint = Huella (SHA-256)
staff-acme-title = Certificado del dominio
staff-acme-held = Certificado
staff-acme-held-none = Aún ninguno
staff-acme-held-until = Vale hasta el { $date }
staff-acme-held-over = Caducó el { $date }
staff-acme-window = Renovación que sugiere la autoridad
staff-acme-window-when = Entre el { $from } y el { $until }.
staff-acme-window-why = Explica por qué en { $page }
staff-acme-last = Último intento
staff-acme-last-none = Aún ninguno
staff-acme-last-had = { $when }: se obtuvo un certificado
staff-acme-last-failed = { $when }: falló
staff-acme-next = Próximo intento
staff-acme-next-now = Ahora
staff-acme-next-clock = Cuando el reloj sea correcto: hasta entonces nadie puede decir qué certificado vale
staff-acme-next-at = { $when }
staff-acme-said = Lo que dijo
staff-acme-try = Intentar ahora
staff-acme-meanwhile = Hasta entonces el sistema muestra un certificado de su autoridad propia. Los dispositivos que deban funcionar hoy confían en ella aquí:
staff-acme-why-unreachable = No se llegó a { $authority }: este sistema no tiene conexión a internet o su servicio de nombres no responde. El sistema sigue funcionando; se intenta de nuevo solo.
staff-acme-why-rate-limited = Se preguntó demasiadas veces a { $authority }, que pide esperar. Se intenta de nuevo solo.
staff-acme-why-no-address = Nadie encuentra { $domain } en internet. Indique la dirección pública de este sistema a quien gestione su dominio (registros A y AAAA) e inténtelo de nuevo.
staff-acme-why-not-reached = { $authority } no llega a este sistema en { $domain }. El router debe pasar el puerto 80 (con http_listen) o el 443 a este equipo, y la dirección del dominio debe ser la del router.
staff-acme-why-somebody-else = En { $domain } responde otra cosa. Su dirección debe ser la de este sistema, sin ningún proxy en medio.
staff-acme-why-not-for-domain = { $authority } no da certificados para { $domain }. Revise el nombre en el archivo de configuración y el registro CAA del dominio.
staff-acme-why-account = { $authority } no conoce la cuenta de este sistema o pide algo más. El próximo intento crea una cuenta nueva.
staff-acme-why-slow = { $authority } no terminó. Se intenta de nuevo solo.
staff-acme-why-refused = { $authority } dijo que no.
staff-acme-why-wrong-certificate = { $authority } dio un certificado que no es para este sistema. No se usa.
staff-acme-why-here = Este equipo no pudo hacerlo: mire el disco y los permisos de la carpeta de datos.
staff-ways-title = Formas de llegar al sistema
staff-ways = Cada una son unas líneas del archivo de configuración; el sistema arranca de nuevo con ellas.
staff-ways-machine = Solo este equipo, para una pantalla en él
staff-ways-domain = Un dominio suyo: el sistema obtiene el certificado por sí mismo
staff-ways-files = Un certificado que usted tiene
staff-ways-proxy = Un proxy inverso delante
staff-ways-own = Una autoridad hecha por el propio sistema
