# La página del enlace de una persona: qué pasó con sus paquetes.

link-told = Qué pasó con sus paquetes
link-told-lead = Los últimos 30 días. Los enlaces de su hogar muestran los paquetes que son para todos ustedes; ningún otro hogar los ve.
link-told-nothing = No llegó nada para usted en los últimos 30 días.
link-told-show = Mostrar qué pasó
link-told-parcel = Un paquete
link-told-parcel-of = Paquete de { $carrier }
link-told-is-waiting = espera
link-told-is-collected = recogido
link-told-is-back = devuelto
link-told-is-missing = no aparece
link-told-is-given-up = dado por perdido
link-told-put-door = Dejado en { $door }
link-told-put-shelf = Dejado en el estante { $shelf }
link-told-put-area = Dejado: { $place }
link-told-put-staff = Lo recibió el personal
link-told-by-staff = Por el personal.
link-told-by-courier = Por el mensajero.
link-told-opened-you = { $door } se abrió con { $means ->
    [code] su código
    [card] su tarjeta
   *[either] su código o su tarjeta
 }
link-told-opened-household = { $door }: lo abrió { $who }
link-told-opened-somebody = { $door }: lo abrió alguien a cuyo nombre estaba el paquete por error
link-told-opened-courier = { $door }: lo abrió el mensajero ({ $carrier })
link-told-opened-staff = { $door }: lo abrió el personal
link-told-to-put = Para dejar otro paquete
link-told-opened-key = { $door }: lo abrió el personal con la llave mecánica
link-told-opened-forced = { $door } se abrió y nada lo explica
link-told-forced-what = Se avisó al personal enseguida.
link-told-explained = { $door }: el personal dijo quién lo abrió con la llave mecánica
link-told-stood-open = { $door } estuvo abierto demasiado tiempo
link-told-disowned-you = Usted dijo que no es suyo
link-told-disowned-household = { $who } dijo que no es suyo
link-told-disowned-somebody = Alguien a cuyo nombre estaba por error dijo que no es suyo
link-told-collected-you = Usted se lo llevó
link-told-collected-household = Se lo llevó { $who }
link-told-collected-somebody = Se lo llevó alguien a cuyo nombre estaba por error
link-told-of-household = alguien de su hogar
link-told-at = En { $kiosk }.
link-told-at-kiosk = En la pantalla.
link-told-back = Se devolvió al transportista
link-told-missing = No estaba donde debía
link-told-given-up = Se dejó de buscar
link-told-erased = Se borraron fotos suyas: su plazo había terminado.
