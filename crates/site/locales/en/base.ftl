# Words every face shares: problems, sign-in, set-up, the link page.

product = Vestibule
skip-to-content = Skip to content
to-start = Go to the start
to-sign-in = Sign in
language-switch = Language
theme-switch = Appearance
theme-device = Like this device
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
list-and = and
refused-title = That does not work now

state-free = free
state-occupied = full
state-reserved = held
state-overdue = overdue
state-check = to check
state-out-of-service = out of service
state-open = open

refusal-already-founded = This site has been set up already.
refusal-not-found = There is no such thing here. It may have been removed; go back and look again.
refusal-invalid = This cannot be done: { $why }.
refusal-wrong-code = This code is not known here. Please check it and try again, or scan the QR code.
refusal-mistyped = There is a typo in this code. Nothing happened; please type it again.
refusal-code-dead = This code is over: everything it was for was collected, or a newer code replaced it. Look for the latest message.
refusal-outside-hours = This code does not hold at this hour.
refusal-selector-paused = Too many wrong codes for this number. Typing works again at { $until }; scanning works now.
refusal-kiosk-paused = Too many wrong codes at this screen. Typing works again at { $until }; scanning works now.
refusal-keypads-off = Typing codes is switched off until staff allow it again. Scanning works now.
refusal-other-purpose = This code is for something else. Couriers choose Deliver, residents choose Pick up.
refusal-kiosk-unknown = This screen is not paired with the site. Please ask staff.
refusal-kiosk-busy = Somebody else is using this screen. Please wait until they are done.
refusal-visit-over = Your time at this screen is over. Please give your code again.
refusal-not-yours = This belongs to another visit.
refusal-door-open = Door { $door } is still open. Please close it first.
refusal-no-door-open = No door is open that this could be about.
refusal-door-has-shut = The door has been shut. Choose Fix and give your code again.
refusal-queue-full = One parcel already waits for its door. Close the open door first.
refusal-already-here = A parcel with this number came today already. If this is another one with the same number, say so.
refusal-too-many-look-ups = Too many look-ups for the parcels delivered. Please deliver or finish first.
refusal-too-late = It is too late to change this: it was collected, or more than half an hour has passed.
refusal-nothing-waits = Nothing is waiting for you right now.
refusal-elsewhere = Your parcel waits at another place: { $banks }.
refusal-no-room = No free compartment of this size.
refusal-breaker = Too many doors were opened in the last minute. Please wait a moment and try again.
refusal-opening-in-progress = This door is just being opened.
refusal-board-silent = The lock control of this bank does not answer. Staff have been told.
refusal-not-in-service = This compartment is out of service.
refusal-occupied = { $parcels ->
    [one] A parcel is inside.
   *[other] { $parcels } parcels are inside.
 }
refusal-wrong-custody = The parcel is somewhere else by now. Look at its history first.
refusal-not-entitled = This compartment is kept for somebody else.
refusal-not-for-this-class = A parcel of this kind must not lie there.
refusal-signature-needed = This parcel is handed over against a code, a card or a signature.
refusal-keypad-number = This keypad number is taken, or it is not 1 to 8 digits.
refusal-disk-low = The memory of this site is nearly full: no deliveries now. Parcels can be collected as always.
refusal-not-this-door = This code is good, but not for this door.
refusal-door-paused = Too many wrong codes at this door. Typing works again at { $until }; scanning and ringing work now.
refusal-closed-to-couriers = This door is closed to couriers for now. Ring, or ask at the desk.
refusal-late-night = No deliveries at this hour. Ring, or come back by day.
refusal-pass-in-use = This pass is being used at another door. Go in there, or wait a moment.
refusal-door-silent = The control of this door does not answer. Staff have been told. Ring, or call the help line.
refusal-code-needed = This door is locked at this hour. Show a code, or ring.
refusal-no-ringing = Nobody can be rung from here. Call the help line.
refusal-ringing = Somebody was asked just now. Wait for the answer until { $until }.
refusal-rung-enough = They were asked often enough in this hour. Call the help line.
refusal-ring-over = It is too late for an answer, or somebody gave one before.
refusal-not-tested = No wiring test of this bank is under way. Begin it first.
refusal-try-too = Try the lock of { $door } too: another lock opens that door, or its contact belongs to another. Half a swap is not kept.
refusal-nothing-tried = No lock was tried yet. Try at least one.
refusal-drawn-meanwhile = Somebody else has drawn this anew meanwhile. Nothing was saved, and nothing of yours is lost: look at what would change now.
refusal-shelf-needed = The room stays as it is: parcels are on these shelves or on their way to them: { $why }. Move them, or leave the shelves in the drawing.
refusal-no-such-shelf = No shelf here has that label. Scan the label of a shelf, or type what is written on it.
refusal-shelf-gone = Shelf { $why } is out of service. Use another, and take this label off.
refusal-shelf-of-another-room = Shelf { $why } stands in { $stands }, and this parcel goes to { $goes }. Scan a shelf there.
refusal-shelf-behind-a-door = Shelf { $why } is behind a door that your code does not open, or in another building. Use the place on the screen, or scan a shelf near it.
refusal-shelf-takes-no-more = Shelf { $why } does not take this parcel: it is full, too small, or too high or low for whom it is for. Scan another.
refusal-not-to-a-shelf = This parcel goes to no shelf. Do what the screen says.
refusal-shelf-not-walked = Shelf { $why } is no place of this audit.
refusal-shelf-elsewhere = Shelf { $why } is drawn in another room. Take it out of that drawing first, or give this one another label.
refusal-still-needed = The bank stays as it is. { $why }
refusal-compartment-number = The number “{ $why }” is on another door of the site, or was once: notices and wiring know that door by it. Choose another number.
refusal-inside-release = A child can climb into these and be shut in: { $why }. Make sure that each can be opened from inside, or that nobody fits in, and say so.
refusal-being-tested = The wiring of this bank is being tested. Keep what was found or stop the test first.
refusal-not-forced = Nothing has to be explained: this door does not count as forced.
refusal-point-needed = The door stays. { $why }
needed-parcel = { $doors }: a parcel is inside. Take it out, or wait until it is collected.
needed-incoming = { $doors }: held for a parcel on its way. Wait until it is put in, or give it another place.
needed-opening = { $doors }: the door is being opened or stands open. Push it shut.
needed-visit = { $doors }: somebody has just used it and may look into it again. Wait ten minutes.
needed-check = { $doors }: nobody is sure what is inside. Look into it first.
needed-unit = { $doors }: reserved for an apartment. Free it first.
needed-open-door = { $doors }: the door stands open. Push it shut, or take it out of use first.
point-needed-open = It stands open. Shut it first.
point-needed-entry = Somebody is coming in by it, or is still expected out. Wait until their entry is over.
point-needed-ring = Somebody rings at it. Answer, or wait two minutes.
point-needed-task = A task says that something happened at it. Look at that first.
point-needed-parcels = Parcels wait behind it, and no other door leads to them. Say first which other door does, or give the parcels another place.
point-needed-camera = A camera looks at it. Turn it to another place, or take it down first.
point-needed-room = The drawing of a room says that it leads there. Choose another door there first.
refusal-key-reused = This Idempotency-Key was used for another request. Use a fresh one for each request.

trouble-not-signed-in-title = Please sign in
trouble-not-signed-in = You are not signed in, or your session has ended.
trouble-not-allowed-title = Not for you
trouble-not-allowed = Your account may not do this. Ask the owner of the site.
trouble-not-paired-title = This screen is not paired
trouble-not-paired = Staff pair a screen under Kiosks: open the pairing page there and scan or type the code shown.
trouble-stale-form-title = This page is out of date
trouble-stale-form = It was shown to another session. Go back, load the page again and repeat what you did.
trouble-foreign-origin-title = Refused
trouble-foreign-origin = This request comes from another site's page. Open the page here and try again.
trouble-wrong-host-title = Another address
trouble-wrong-host = This site is not reached under that address. Use the address staff gave you, or add the name to hosts in the configuration.
trouble-round-the-proxy-title = By the proxy
trouble-round-the-proxy = This site stands behind a proxy, and only what comes by it is served. Use the site's https address; if you came by it, name the proxy in trusted_proxies.
trouble-not-set-up-title = Not set up yet
trouble-not-set-up = This site has no owner yet. Open the one-time link it printed when it started, or run: vestibule setup-link
trouble-no-page-title = No such page
trouble-no-page = There is nothing at this address.
trouble-wrong-method-title = That is not possible here
trouble-wrong-method = This address exists, but does not take this kind of request.
trouble-unreadable-title = That could not be read
trouble-unreadable = What was sent could not be read. { $why }
trouble-too-large-title = Too large
trouble-too-large = What was sent is too large: at most { $megabytes } MB are taken here.
trouble-too-slow-title = That took too long
trouble-too-slow = The answer took too long. Please try again.
trouble-too-many-tries-title = Please wait
trouble-too-many-tries = Too many failed sign-ins. Try again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
 }.
trouble-wrong-password-title = Not signed in
trouble-wrong-password = Mail address or password is wrong.
trouble-link-over-title = This link is over
trouble-link-over = It was used already, was replaced by a newer one, or its time has passed.
trouble-leaving-title = One moment
trouble-leaving = The site is restarting. Please try again in a moment.
trouble-photo-changed-title = The photo was changed
trouble-photo-changed = The file of this photo is not the one that was recorded: it was changed, or the disk is damaged. It is not shown, and that is in its history.
trouble-photo-unreadable-title = The photo cannot be read
trouble-photo-unreadable = The disk does not give this photo back. Look at the disk, then try again.
trouble-broken-title = Something broke
trouble-broken = This is our fault, not yours. Please try again; if it stays, tell staff.

help-label = Help
help-ask-staff = Ask the staff of the building.

at-door-title = Somebody asks to be let in
at-door-lead = At { $door }, to you, without a code. Your answer counts until { $until }.
at-door-care = Let in only whom you know or expect. The door opens once, and your household hears of it.
at-door-photo = Photo of who rang
at-door-yes = Let in once
at-door-no = Refuse
at-door-let-in-title = The door is released
at-door-let-in = It opens once, for a few seconds.
at-door-refused-title = You refused
at-door-refused = The door stays shut for them.
at-door-over-title = Too late, or answered already
at-door-over = Nobody waits for this answer any more.
link-title = A parcel waits for you
link-held = Held until { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[other] Sunday
 } the { NUMBER($day) ->
    [1] 1st
    [2] 2nd
    [3] 3rd
    [21] 21st
    [22] 22nd
    [23] 23rd
    [31] 31st
   *[other] { $day }th
 }, { $time }
link-show = Show my code
link-hide = Hide my code
link-code-title = Your code
link-code-lead = Choose Pick up at the screen and hold this to the scanner.
link-qr = QR code for pick-up
link-or-type = Or type at the screen:
link-keypad = Keypad number
link-pin = PIN
link-care = Whoever has this code can collect. Share it only with somebody who shall collect for you.
link-photos = Photos of your parcels
link-photos-hint = Only you, those it is also for, and staff see them. Every look is recorded.
link-photo-arrival = Put in on { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    } { $day }, { $time }
link-photo-departure = Taken out on { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    } { $day }, { $time }
link-door = { $count ->
    [one] Locker
   *[other] Lockers
 }
link-in-bank = Where: { $bank }
link-bank-picture = Where to find { $doors }: { $bank }
link-door-meant = Door { $door }: your parcel
link-door-other = Door { $door }
link-shelf = On the shelf
link-shelf-named = Shelf { $shelf }
link-desk = At the front desk. Hours: { $hours }
link-collected-title = Nothing waits any more
link-collected = Everything this link was for has been collected, or it went back.
link-looked-for-title = Staff look for it
link-looked-for = A parcel of yours is not where it should be. You get a message once it is found.
link-replaced-title = There is a newer code
link-replaced = This code is over. Something still waits for you: use the code in the latest message.

sign-in-title = Sign in
sign-in-forgot = Forgot the password? Whoever runs this machine can make a link to a new one: vestibule staff reset EMAIL
field-email = E-mail address
field-name = Your name
field-password = Password
field-new-password = New password
field-new-password-hint = At least 12 characters. Three or four words in a row are easy to remember.
reset-title = Choose a new password
reset-save = Save and sign in
setup-title = Welcome
setup-lead = You are the first here: make your account. It owns this site.
setup-create = Make my account
account-email = This is not a mail address.
account-email-taken = There is an account with this mail address already.
account-name = Write a name of 1 to 80 characters.
account-password-short = The password needs at least 12 characters.
account-password-long = The password has more than 200 characters.
account-password-known = This password is one of the first anybody would try. Take another.
account-password-email = The password must not contain the mail address.
account-last-owner = This is the only owner. Make another account owner first.

door-which = Which door?
door-code = Your code
door-code-hint = Courier code or pass, 12 digits
door-enter = Open the door
door-ring = I have no code
door-ring-note = Ring the desk or who lives here
door-no-ringing = Without a code, call the help line below.
door-collect = I collect a parcel
door-whom = To whom do you come?
door-whom-asks = We ask them and the staff, with a photo of the door. One of them lets you in.
door-whom-one-parcel = Come in with your parcel, or wait until somebody lets you in. A photo is taken.
door-unit = Apartment or family name
door-unit-hint = As it stands on the label of the parcel.
door-not-found-title = We could not ring
door-not-found = Check the apartment or the name. With the apartment it works best.
door-again = Try again
door-denied-title = Not this time
door-way-desk = The desk is staffed now.
door-waiting-title = They are asked
door-waiting = Stay here. An answer counts until { $until }.
door-let-in-title = { $door } is open now
door-let-in = Pull or push within a few seconds. Shut it behind you.
door-let-in-watched = A camera in the room takes photos while you are inside.
door-refused-title = You were not let in
door-refused = Somebody said no. Call the help line below.
door-nobody-title = Nobody answered
door-nobody = Try again, or call the help line below.
door-scan = Hold your code here
door-scan-note = or type it: couriers, visitors, and who collects
door-no-code-of-ours = That is no code for a door. Hold the code from your badge, pass or message here.
door-caller = Your picture goes to them with the ring.
door-caller-missing = This screen has no camera. Ringing works without a picture.
door-caller-off = The camera of this screen is not allowed or gives no picture. Ringing works without one.

trust-title = Let this device trust the parcel site
trust-lead = The building's parcel site made its own certificate. A device that knows it opens the pages without a warning, and its camera may scan.
trust-load = Load the certificate
trust-iphone = iPhone and iPad
trust-iphone-1 = Load the certificate and allow the profile.
trust-iphone-2 = Settings, General, VPN and Device Management: install the profile.
trust-iphone-3 = Settings, General, About, Certificate Trust Settings: switch it on.
trust-android = Android
trust-android-1 = Load the certificate.
trust-android-2 = Settings, Security, Encryption and credentials, Install a certificate, CA certificate: choose the file.
trust-desk = Computers
trust-desk-1 = Load the certificate, open it, and put it among the trusted root authorities; Firefox has a list of its own under Settings, Certificates.
trust-compare-title = Compare first
trust-compare = Before you trust it, compare this fingerprint with the one staff show you on their page.
trust-means = Who has this authority's key could pretend to be any site to this device: { $file } never leaves the building's machine. On a phone of your own, trust it only if you need to.
