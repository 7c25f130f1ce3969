# Palabras comunes a todas las caras: problemas, acceso, puesta en marcha, la página del enlace.

product = Vestibule
skip-to-content = Saltar al contenido
to-start = Ir al inicio
to-sign-in = Iniciar sesión
language-switch = Idioma
theme-switch = Aspecto
theme-device = Como este dispositivo
theme-light = Claro
theme-dark = Oscuro
theme-contrast = Alto contraste
list-and = y
refused-title = Ahora no es posible

state-free = libre
state-occupied = ocupada
state-reserved = reservada
state-overdue = vencida
state-check = por revisar
state-out-of-service = fuera de servicio
state-open = abierta

refusal-already-founded = Este edificio ya está configurado.
refusal-not-found = Eso no existe aquí. Quizá se haya quitado; vuelva atrás y mire de nuevo.
refusal-invalid = No se puede hacer: { $why }.
refusal-wrong-code = Este código no se conoce aquí. Revíselo e inténtelo de nuevo, o escanee el código QR.
refusal-mistyped = Hay un error al teclear el código. No ha pasado nada; escríbalo otra vez.
refusal-code-dead = Este código ya no sirve: se recogió todo lo suyo o lo sustituyó uno más nuevo. Busque el último mensaje.
refusal-outside-hours = Este código no vale a esta hora.
refusal-selector-paused = Demasiados códigos erróneos con este número. Se podrá teclear otra vez a las { $until }; escanear funciona ahora.
refusal-kiosk-paused = Demasiados códigos erróneos en esta pantalla. Se podrá teclear otra vez a las { $until }; escanear funciona ahora.
refusal-keypads-off = Teclear códigos está desactivado hasta que el personal lo permita. Escanear funciona ahora.
refusal-other-purpose = Este código es para otra cosa. Los repartidores eligen Entregar; los vecinos, Recoger.
refusal-kiosk-unknown = Esta pantalla no está vinculada al edificio. Avise al personal.
refusal-kiosk-busy = Otra persona está usando esta pantalla. Espere a que termine, por favor.
refusal-visit-over = Su tiempo en esta pantalla ha terminado. Introduzca de nuevo su código.
refusal-not-yours = Esto pertenece a otra visita.
refusal-door-open = La puerta { $door } sigue abierta. Ciérrela primero, por favor.
refusal-no-door-open = No hay ninguna puerta abierta a la que esto se refiera.
refusal-door-has-shut = La puerta ya se cerró. Elija Corregir e introduzca de nuevo su código.
refusal-queue-full = Ya hay un paquete esperando su puerta. Cierre primero la que está abierta.
refusal-already-here = Hoy ya llegó un paquete con este número. Si es otro con el mismo número, dígalo.
refusal-too-many-look-ups = Demasiadas consultas para los paquetes entregados. Entregue o termine primero.
refusal-too-late = Es tarde para cambiarlo: ya se recogió o pasó más de media hora.
refusal-nothing-waits = Ahora mismo no hay nada esperándole.
refusal-elsewhere = Su paquete espera en otro lugar: { $banks }.
refusal-no-room = No queda ninguna puerta libre de este tamaño.
refusal-breaker = Se abrieron demasiadas puertas en el último minuto. Espere un momento e inténtelo de nuevo.
refusal-opening-in-progress = Esta puerta se está abriendo.
refusal-board-silent = El control de cerraduras de este mueble no responde. El personal ya está avisado.
refusal-not-in-service = Esta puerta está fuera de servicio.
refusal-occupied = { $parcels ->
    [one] Hay un paquete dentro.
   *[other] Hay { $parcels } paquetes dentro.
 }
refusal-wrong-custody = El paquete ya está en otro sitio. Mire antes su historial.
refusal-not-entitled = Esta puerta está reservada para otra persona.
refusal-not-for-this-class = Un paquete de este tipo no puede quedar ahí.
refusal-signature-needed = Este paquete se entrega con un código, una tarjeta o una firma.
refusal-keypad-number = Este número de teclado ya existe o no tiene de 1 a 8 cifras.
refusal-disk-low = La memoria de este sistema está casi llena: ahora no se admiten entregas. Recoger sigue funcionando.
refusal-not-this-door = Este código es válido, pero no para esta puerta.
refusal-door-paused = Demasiados códigos erróneos en esta puerta. Se podrá teclear otra vez a las { $until }; escanear y llamar funcionan ahora.
refusal-closed-to-couriers = Esta puerta está cerrada por ahora para repartidores. Llame, o pregunte en recepción.
refusal-late-night = A esta hora no se admiten entregas. Llame, o vuelva de día.
refusal-pass-in-use = Este pase se está usando en otra puerta. Entre por allí, o espere un momento.
refusal-door-silent = El control de esta puerta no responde. Se avisó al personal. Llame, o use el teléfono de ayuda.
refusal-code-needed = Esta puerta está cerrada a esta hora. Muestre un código, o llame.
refusal-no-ringing = Desde aquí no se puede llamar a nadie. Use el teléfono de ayuda.
refusal-ringing = Se acaba de preguntar a alguien. Espere la respuesta hasta las { $until }.
refusal-rung-enough = Ya se preguntó bastante en esta hora. Use el teléfono de ayuda.
refusal-ring-over = Ya es tarde para responder, o alguien respondió antes.
refusal-not-tested = No hay ninguna prueba del cableado de este bloque en marcha. Empiécela primero.
refusal-try-too = Pruebe también el cierre de { $door }: otro cierre abre esa puerta, o su contacto es de otra. Medio cambio no se guarda.
refusal-nothing-tried = Todavía no se ha probado ningún cierre. Pruebe al menos uno.
refusal-drawn-meanwhile = Mientras tanto, otra persona dibujó esto de nuevo. No se guardó nada y nada de lo suyo se ha perdido: mire qué cambiaría ahora.
refusal-shelf-needed = La sala queda como está: hay paquetes en estos estantes o en camino a ellos: { $why }. Muévalos, o deje los estantes en el dibujo.
refusal-no-such-shelf = Aquí ningún estante tiene esa etiqueta. Escanee la etiqueta de un estante, o escriba lo que pone en ella.
refusal-shelf-gone = El estante { $why } está fuera de servicio. Use otro y quite esta etiqueta.
refusal-shelf-of-another-room = El estante { $why } está en { $stands }, y este paquete va a { $goes }. Escanee un estante de allí.
refusal-shelf-behind-a-door = El estante { $why } está tras una puerta que su código no abre, o en otro edificio. Use el lugar de la pantalla, o escanee un estante cercano.
refusal-shelf-takes-no-more = El estante { $why } no admite este paquete: está lleno, es pequeño, o queda demasiado alto o bajo para quien lo recibe. Escanee otro.
refusal-not-to-a-shelf = Este paquete no va a ningún estante. Haga lo que dice la pantalla.
refusal-shelf-not-walked = El estante { $why } no es un lugar de este recuento.
refusal-shelf-elsewhere = El estante { $why } está dibujado en otra sala. Quítelo primero de ese dibujo, o dé a este otro nombre.
refusal-still-needed = El bloque queda como está. { $why }
refusal-compartment-number = El número «{ $why }» está en otra puerta del edificio, o lo estuvo: los avisos y el cableado la conocen por él. Elija otro número.
refusal-inside-release = Un niño puede meterse en estos y quedar encerrado: { $why }. Asegúrese de que cada uno se abre desde dentro, o de que nadie cabe, y confírmelo.
refusal-being-tested = Se está probando el cableado de este bloque. Guarde lo encontrado o detenga antes la prueba.
refusal-not-forced = No hay nada que explicar: esta puerta no consta como forzada.
refusal-point-needed = La puerta se queda. { $why }
needed-parcel = { $doors }: hay un paquete dentro. Sáquelo, o espere a que lo recojan.
needed-incoming = { $doors }: guardado para un paquete en camino. Espere a que lo metan, o dele otro sitio.
needed-opening = { $doors }: la puerta se está abriendo o está abierta. Ciérrela.
needed-visit = { $doors }: alguien acaba de usarlo y puede volver a mirar. Espere diez minutos.
needed-check = { $doors }: nadie sabe con certeza qué hay dentro. Mire primero.
needed-unit = { $doors }: reservado para un apartamento. Libérelo primero.
needed-open-door = { $doors }: la puerta está abierta. Ciérrela, o déjelo antes fuera de uso.
point-needed-open = Está abierta. Ciérrela primero.
point-needed-entry = Alguien está entrando por ella, o aún se espera que salga. Espere a que termine su entrada.
point-needed-ring = Alguien llama en ella. Responda, o espere dos minutos.
point-needed-task = Una tarea dice que ocurrió algo en ella. Mírelo primero.
point-needed-parcels = Detrás esperan paquetes, y ninguna otra puerta lleva a ellos. Indique antes qué otra puerta lo hace, o dé otro sitio a los paquetes.
point-needed-camera = Una cámara la mira. Oriéntela a otro sitio, o retírela primero.
point-needed-room = El dibujo de una sala dice que lleva a ella. Elija allí antes otra puerta.
refusal-key-reused = Esta Idempotency-Key se usó para otra petición. Use una nueva para cada petición.

trouble-not-signed-in-title = Inicie sesión
trouble-not-signed-in = No ha iniciado sesión o su sesión ha terminado.
trouble-not-allowed-title = No le corresponde
trouble-not-allowed = Su cuenta no puede hacer esto. Pregunte al propietario del sistema.
trouble-not-paired-title = Esta pantalla no está vinculada
trouble-not-paired = El personal vincula una pantalla en Pantallas: abra allí la página de vinculación y escanee o teclee el código.
trouble-stale-form-title = Esta página está anticuada
trouble-stale-form = Se mostró a otra sesión. Vuelva atrás, cargue la página de nuevo y repita lo que hizo.
trouble-foreign-origin-title = Rechazado
trouble-foreign-origin = Esta petición viene de la página de otro sitio. Abra la página aquí e inténtelo de nuevo.
trouble-wrong-host-title = Otra dirección
trouble-wrong-host = A este sistema no se llega con esa dirección. Use la que le dio el personal o añada el nombre a hosts en la configuración.
trouble-round-the-proxy-title = Por el proxy
trouble-round-the-proxy = Este sistema está detrás de un proxy y solo atiende lo que llega por él. Use la dirección https; si llegó por ella, indique el proxy en trusted_proxies.
trouble-not-set-up-title = Aún sin configurar
trouble-not-set-up = Este sistema aún no tiene propietario. Abra el enlace de un solo uso que mostró al arrancar o ejecute: vestibule setup-link
trouble-no-page-title = No hay tal página
trouble-no-page = No hay nada en esta dirección.
trouble-wrong-method-title = Aquí no es posible
trouble-wrong-method = Esta dirección existe, pero no admite este tipo de petición.
trouble-unreadable-title = No se pudo leer
trouble-unreadable = Lo enviado no se pudo leer. { $why }
trouble-too-large-title = Demasiado grande
trouble-too-large = Lo enviado es demasiado grande: aquí se admiten como mucho { $megabytes } MB.
trouble-too-slow-title = Tardó demasiado
trouble-too-slow = La respuesta tardó demasiado. Inténtelo de nuevo.
trouble-too-many-tries-title = Espere un poco
trouble-too-many-tries = Demasiados intentos fallidos. Inténtelo de nuevo en { $seconds ->
    [one] un segundo
   *[other] { $seconds } segundos
 }.
trouble-wrong-password-title = Sin iniciar sesión
trouble-wrong-password = La dirección o la contraseña no es correcta.
trouble-link-over-title = Este enlace ya no sirve
trouble-link-over = Ya se usó, lo sustituyó uno más nuevo o pasó su tiempo.
trouble-leaving-title = Un momento
trouble-leaving = El sistema se está reiniciando. Inténtelo de nuevo enseguida.
trouble-photo-changed-title = La foto fue cambiada
trouble-photo-changed = El archivo de esta foto no es el que se registró: fue cambiado, o el disco está dañado. No se muestra, y así consta en su historia.
trouble-photo-unreadable-title = La foto no se puede leer
trouble-photo-unreadable = El disco no devuelve esta foto. Revise el disco e inténtelo de nuevo.
trouble-broken-title = Algo falló
trouble-broken = Es culpa nuestra, no suya. Inténtelo de nuevo; si sigue igual, avise al personal.

help-label = Ayuda
help-ask-staff = Pregunte al personal del edificio.

at-door-title = Alguien pide que le abran
at-door-lead = En { $door }, para su casa, sin código. Su respuesta vale hasta las { $until }.
at-door-care = Abra solo a quien conozca o espere. La puerta se abre una vez, y los de su casa lo sabrán.
at-door-photo = Foto de quien llamó
at-door-yes = Abrir una vez
at-door-no = Rechazar
at-door-let-in-title = La puerta está desbloqueada
at-door-let-in = Se abre una vez, durante unos segundos.
at-door-refused-title = Usted rechazó
at-door-refused = La puerta sigue cerrada para esa persona.
at-door-over-title = Ya es tarde, o ya se respondió
at-door-over = Nadie espera ya esta respuesta.
link-title = Le espera un paquete
link-held = Guardado hasta el { $weekday ->
    [0] lunes
    [1] martes
    [2] miércoles
    [3] jueves
    [4] viernes
    [5] sábado
   *[other] domingo
 } { $day }, { $time }
link-show = Mostrar mi código
link-hide = Ocultar mi código
link-code-title = Su código
link-code-lead = Elija Recoger en la pantalla y acerque esto al lector.
link-qr = Código QR para recoger
link-or-type = O teclee en la pantalla:
link-keypad = Número de teclado
link-pin = PIN
link-care = Quien tenga este código puede recoger. Compártalo solo con quien deba recoger por usted.
link-photos = Fotos de sus paquetes
link-photos-hint = Solo las ven usted, quienes también pueden recoger y el personal. Cada consulta queda registrada.
link-photo-arrival = Dejado el { $weekday ->
        [0] lunes
        [1] martes
        [2] miércoles
        [3] jueves
        [4] viernes
        [5] sábado
       *[6] domingo
    } { $day }, { $time }
link-photo-departure = Sacado el { $weekday ->
        [0] lunes
        [1] martes
        [2] miércoles
        [3] jueves
        [4] viernes
        [5] sábado
       *[6] domingo
    } { $day }, { $time }
link-door = { $count ->
    [one] Puerta
   *[other] Puertas
 }
link-in-bank = Lugar: { $bank }
link-bank-picture = Dónde encontrar { $doors }: { $bank }
link-door-meant = Puerta { $door }: su paquete
link-door-other = Puerta { $door }
link-shelf = En el estante
link-shelf-named = Estante { $shelf }
link-desk = En recepción. Horario: { $hours }
link-collected-title = Ya no espera nada
link-collected = Todo lo de este enlace ya se recogió o se devolvió.
link-looked-for-title = El personal lo busca
link-looked-for = Un paquete suyo no está donde debería. Recibirá un mensaje cuando aparezca.
link-replaced-title = Hay un código más nuevo
link-replaced = Este código ya no sirve. Todavía le espera algo: use el código del último mensaje.

sign-in-title = Iniciar sesión
sign-in-forgot = ¿Olvidó la contraseña? Quien administra esta máquina puede crear un enlace para una nueva: vestibule staff reset EMAIL
field-email = Correo electrónico
field-name = Su nombre
field-password = Contraseña
field-new-password = Contraseña nueva
field-new-password-hint = Al menos 12 caracteres. Tres o cuatro palabras seguidas se recuerdan bien.
reset-title = Elija una contraseña nueva
reset-save = Guardar e iniciar sesión
setup-title = Le damos la bienvenida
setup-lead = Usted es la primera persona aquí: cree su cuenta. Será la propietaria del sistema.
setup-create = Crear mi cuenta
account-email = Esto no es una dirección de correo.
account-email-taken = Ya existe una cuenta con esta dirección.
account-name = Escriba un nombre de 1 a 80 caracteres.
account-password-short = La contraseña necesita al menos 12 caracteres.
account-password-long = La contraseña tiene más de 200 caracteres.
account-password-known = Esta contraseña es de las primeras que probaría cualquiera. Elija otra.
account-password-email = La contraseña no debe contener la dirección de correo.
account-last-owner = Es el único propietario. Nombre antes a otra cuenta propietaria.

door-which = ¿Qué puerta?
door-code = Su código
door-code-hint = Código de repartidor o pase, 12 cifras
door-enter = Abrir la puerta
door-ring = No tengo código
door-ring-note = Llamar a recepción o a quien vive aquí
door-no-ringing = Sin código, llame al teléfono de ayuda de abajo.
door-collect = Recojo un paquete
door-whom = ¿A quién viene?
door-whom-asks = Preguntamos a esa vivienda y al personal, con una foto de la puerta. Alguien le deja entrar.
door-whom-one-parcel = Entre con su paquete, o espere a que alguien le deje entrar. Se hace una foto.
door-unit = Vivienda o apellido
door-unit-hint = Como está en la etiqueta del paquete.
door-not-found-title = No pudimos llamar
door-not-found = Compruebe la vivienda o el nombre. Con la vivienda funciona mejor.
door-again = Intentar de nuevo
door-denied-title = Esta vez no
door-way-desk = La recepción está atendida ahora.
door-waiting-title = Les estamos preguntando
door-waiting = Quédese aquí. La respuesta vale hasta { $until }.
door-let-in-title = { $door } está abierta ahora
door-let-in = Tire o empuje en unos segundos. Ciérrela al entrar.
door-let-in-watched = Una cámara en la sala toma fotos mientras usted está dentro.
door-refused-title = No se le dejó entrar
door-refused = Alguien dijo que no. Llame al teléfono de ayuda de abajo.
door-nobody-title = Nadie respondió
door-nobody = Intente de nuevo, o llame al teléfono de ayuda de abajo.
door-scan = Acerque su código aquí
door-scan-note = o escríbalo: repartidores, visitas y quien recoge
door-no-code-of-ours = Ese no es un código de puerta. Acerque el código de su credencial, pase o mensaje.
door-caller = Su imagen les llega con la llamada.
door-caller-missing = Esta pantalla no tiene cámara. La llamada funciona sin imagen.
door-caller-off = La cámara de esta pantalla no está permitida o no da imagen. La llamada funciona sin ella.

trust-title = Haga que este dispositivo confíe en el sistema de paquetes
trust-lead = El sistema de paquetes del edificio hizo su propio certificado. Un dispositivo que lo conoce abre las páginas sin avisos y su cámara puede escanear.
trust-load = Cargar el certificado
trust-iphone = iPhone y iPad
trust-iphone-1 = Cargue el certificado y permita el perfil.
trust-iphone-2 = Ajustes, General, VPN y gestión de dispositivos: instale el perfil.
trust-iphone-3 = Ajustes, General, Información, Confianza de certificados: actívelo.
trust-android = Android
trust-android-1 = Cargue el certificado.
trust-android-2 = Ajustes, Seguridad, Cifrado y credenciales, Instalar un certificado, Certificado de CA: elija el archivo.
trust-desk = Ordenadores
trust-desk-1 = Cargue el certificado, ábralo y póngalo entre las autoridades raíz de confianza; Firefox tiene su propia lista en Ajustes, Certificados.
trust-compare-title = Compare antes
trust-compare = Antes de confiar, compare esta huella con la que el personal le muestra en su página.
trust-means = Quien tenga la clave de esta autoridad podría hacerse pasar por cualquier sitio ante este dispositivo: { $file } no sale nunca del equipo del edificio. En un teléfono propio, confíe solo si lo necesita.
