# The staff pages. Keys begin with staff-; event-KIND is the sentence of each kind of event.

# frame
staff-site-unnamed = Parcels
staff-skip = Skip to content
staff-nav = Main
staff-nav-needs = What needs me
staff-nav-banks = Lockers
staff-nav-parcels = Parcels
staff-nav-desk = Desk
staff-nav-residents = Residents
staff-nav-couriers = Couriers
staff-nav-kiosks = Kiosks
staff-nav-cameras = Cameras
staff-nav-settings = Settings
staff-language = Language
staff-theme = Appearance
staff-theme-device = As the device
staff-theme-light = Light
staff-theme-dark = Dark
staff-theme-contrast = High contrast
staff-sign-out = Sign out
staff-save = Save
staff-add = Add
staff-remove = Remove
staff-cancel = Cancel
staff-next = Next
staff-search = Search
staff-print = Print
staff-pages = Pages
staff-newer = Newer
staff-older = Older
staff-none = none
staff-never = never

# times
staff-weekdays = Mon Tue Wed Thu Fri Sat Sun
staff-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
staff-age-now = just now
staff-age-minutes = { $n } min
staff-age-hours = { $n } h
staff-age-days = { $n ->
        [one] 1 day
       *[other] { $n } days
    }
staff-every-day = every day
staff-hours-none = never
staff-since = since { $when }

# names
staff-bank-unnamed = Bank { $n }
staff-door = locker { $door }
staff-door-shown = Locker { $door } { $shown }
staff-door-in = locker { $door } ({ $bank })
staff-unit = apartment { $unit }
staff-unit-in = apartment { $unit }, { $building }
staff-unit-unknown = an apartment no longer listed ({ $n })
staff-person-erased = a person no longer listed ({ $n })
staff-staff-unnamed = staff { $n }
staff-kiosk-unnamed = kiosk { $n }
staff-carrier-unnamed = carrier not named
staff-actor-site = the site itself
staff-actor-kiosk = somebody at { $kiosk }
staff-actor-console = the console of the machine
staff-actor-device = the hardware
staff-actor-door = somebody at { $door }
staff-passage-unnamed = door { $n }
staff-actor-courier = courier of { $carrier }
staff-actor-visitor = somebody at a kiosk
staff-by = By { $who }
staff-at-courier = With the { $who }
staff-at-shelf = Shelf { $shelf }
staff-at-staff = At the desk ({ $who })
staff-at-recipient = Collected by { $who }
staff-at-carrier = Given back: { $who }
staff-at-missing = Missing
staff-at-missing-from = Missing, last in { $where }
staff-at-written-off = Written off
staff-place-desk = the desk
staff-place-take-back = back with the courier
staff-parcel-n = Parcel { $n }
staff-to-be-assigned = to be assigned
staff-compartment = Locker
staff-apartment = Apartment
staff-building = Building
staff-shelf = Shelf
staff-drop-place = Drop place

# reasons
staff-why = Why
staff-why-words = In your own words
staff-why-hint = Kept beside the record. Needed for Other.
staff-reason-inspect = To see what is inside
staff-reason-help_resident = Helping a resident
staff-reason-help_courier = Helping a courier
staff-reason-overdue = Kept too long
staff-reason-wrong_recipient = It is somebody else's
staff-reason-maintenance = Door, lock or sensor needs work
staff-reason-wiring_test = Testing which lock opens it
staff-reason-damaged = Damaged or spoiled
staff-reason-not_found = Cannot be found
staff-reason-other = Other
staff-known-sensor = Known by the sensor inside.
staff-known-door = Known by the door closing.
staff-known-photo = A photo shows it.
staff-known-staff = Staff say so.
staff-known-courier = The courier said so.
staff-known-scan = The recipient scanned its label.
staff-known-recipient = The recipient said so.
staff-invalid-reason = choose a reason
staff-invalid-words = say in a few words why
staff-invalid-unit = no single apartment is called “{ $unit }”; write its label or keypad number
staff-invalid-person = “{ $name }” fits nobody or several people of this apartment
staff-invalid-name = a name of 1 to 40 characters is needed
staff-invalid-email = this is not an e-mail address
staff-invalid-phone = this is not a phone number; write it with its country code, such as +1 555 010 0123
staff-invalid-keypad = this label cannot be typed on a keypad: give a keypad number of 1 to 8 digits
staff-invalid-code-for = the name of a driver or route has at most 40 characters
staff-invalid-hours = choose at least one day and hours
staff-invalid-date = choose the day it ends
staff-invalid-zone = write a time zone such as America/New_York
staff-invalid-hold = parcels are kept for 1 to 90 days
staff-invalid-form = the form is incomplete; load the page again
staff-invalid-scan = this is not one of our codes
staff-invalid-other-site = this code is for another building
staff-invalid-show = scan the notice or card, or type keypad number and PIN
staff-invalid-shown-over = too much time has passed; scan again
staff-invalid-none-ticked = no parcel is ticked

# said after an act
staff-said-all-accepted = All taken in. They are at the desk now.
staff-said-accepted = Accepted. It is at the desk now.
staff-said-opened = The door is being opened.
staff-said-service = Changed.
staff-said-checked = Checked. Thank you.
staff-said-designated = Saved for whom this locker is.
staff-said-installed = The bank is up.
staff-said-corrected = Corrected. Whoever it is for has been told.
staff-said-placed = A door opens for it. Put it in and shut the door.
staff-said-shelved = It is on the shelf.
staff-said-shelved-other-room = It is on the shelf, in another room than before. Its people hear of it.
staff-said-handed-over = Handed over.
staff-said-given-back = Given back to the carrier.
staff-said-written-off = Written off.
staff-said-turned-up = Good. It is at the desk now.
staff-said-not-there = Noted. It counts as missing now.
staff-said-taken-out = The door is being opened. Take the parcel out and shut the door.
staff-said-let-in = The door is released for them, once.
staff-said-door-removed = The door is removed.
staff-said-task-done = Done.
staff-said-pauses-lifted = All keypads work again.
staff-said-clock-confirmed = The clock is believed again.
staff-said-saved = Saved.
staff-said-person-saved = Saved.
staff-said-person-left = Moved out.
staff-said-imported = The list has been taken over.
staff-said-card-revoked = The card no longer opens anything.
staff-said-code-ended = The code no longer opens anything.
staff-said-unpaired = The kiosk is no longer paired.
staff-said-held = The photos are held.
staff-said-released = The hold has ended.
staff-said-told-again = A new message with a new code is on its way.
staff-said-account-changed = The account was changed.
staff-said-trying = The authority is asked. Look at this page again in a minute.

# what needs me
staff-needs-title = What needs me
staff-needs-lead = { $n ->
        [0] Everything runs by itself.
        [one] One thing.
       *[other] { $n } things, the most urgent first.
    }
staff-needs-empty-title = Nothing needs you
staff-needs-empty = Parcels come and go by themselves. This page changes when something is up.
staff-today = Today
staff-today-delivered = { $n ->
        [one] delivered
       *[other] delivered
    }
staff-today-collected = { $n ->
        [one] collected
       *[other] collected
    }
staff-today-waiting = { $n ->
        [one] waiting now
       *[other] waiting now
    }
staff-today-free = { $n ->
        [one] locker free
       *[other] lockers free
    }
staff-waits-for-them = { $n ->
        [0] Nothing waits for them.
        [one] One parcel waits for them.
       *[other] { $n } parcels wait for them.
    }
staff-task-tick = Done
staff-task-tell = Tell { $who }, { $unit }
staff-task-tell-detail = No message reached them. A slip with a fresh code can be printed.
staff-task-tell-do = Print slip
staff-task-assign = Parcel { $n } has nobody yet
staff-task-assign-detail = Nobody knows whose it is. Look at it and say for which apartment.
staff-task-assign-do = Assign
staff-task-accept = Accept parcel { $n }
staff-task-accept-detail = A courier says it was left for you. It is yours only when you accept it.
staff-task-accept-do = I have it
staff-task-check = Look into { $door }
staff-task-check-detail = Nobody is sure what is inside. It stays out of use until you have looked.
staff-task-check-do = Look
staff-task-jammed = { $door } does not open
staff-task-jammed-detail = Three pulses did not open it. The lock or its wiring needs work.
staff-task-jammed-do = Look at it
staff-task-forced = { $door } was opened and nobody asked for it
staff-task-forced-detail = Go and look: it may have been forced.
staff-task-forced-do = Look into it
staff-task-held-open = { $door } stands open
staff-task-held-open-detail = It has been open for too long. Shutting it is enough.
staff-task-held-open-do = Which one?
staff-task-missing = Parcel { $n } is missing
staff-task-missing-detail = It was not where it should be. Its history may tell where to look.
staff-task-missing-do = History
staff-task-not-theirs = Parcel { $n } went to the wrong person
staff-task-not-theirs-detail = { $others ->
        [0] Somebody said it is not theirs.
        [one] Somebody said it is not theirs. One more of the same courier may be swapped.
       *[other] Somebody said it is not theirs. { $others } more of the same courier may be swapped.
    }
staff-task-not-theirs-do = Correct it
staff-task-overdue = Parcel { $n } waits too long
staff-task-overdue-detail = Remind them, move it to the desk, or give it back.
staff-task-overdue-do = Decide
staff-task-late = Parcel { $n } may have spoiled or is wanted
staff-task-late-detail = It waits longer than its kind may. Call them, or take it away.
staff-task-late-do = Decide
staff-task-misplaced = Parcel { $n } must not lie where it is
staff-task-misplaced-detail = Others can take it there. Bring it to the desk.
staff-task-misplaced-do = Show
staff-task-sort = Parcels were left without a scan
staff-task-sort-detail = Look at the pictures and the labels, and say whose each is.
staff-task-sort-do = Sort them
staff-task-sort-late = Parcels left without a scan still wait
staff-task-sort-late-detail = Nobody knows that they are here. Say whose each is, or take them to the desk.
staff-task-sort-late-do = Sort them
staff-task-guessing = Somebody guesses codes at { $kiosk }
staff-task-guessing-detail = Typing pauses there; scanning and cards go on. Lift the pause when it is over.
staff-task-guessing-do = Lift pauses
staff-task-bad-address = The address of { $who } does not work
staff-task-bad-address-detail = A message came back. Correct it and tell them again.
staff-task-bad-address-do = Correct it
staff-task-board-silent = { $bank } does not answer
staff-task-board-silent-detail = Its doors cannot be opened now. Check power and cable of its control board.
staff-task-board-silent-do = Show
staff-task-line-silent = A whole line does not answer: { $banks }
staff-task-line-silent-detail = None of its doors can be opened now. Check its adapter, the power of its boards and the cable between them.
staff-task-line-silent-do = Show the devices
staff-task-camera-silent = The camera { $camera } gives no photos
staff-task-camera-silent-detail = Everything works, but its photos are missing. The page of cameras says why.
staff-task-camera-silent-do = Show
staff-task-clock = The clock of the machine looks wrong
staff-task-clock-detail = Times go on as they were. Set the clock, then say that it is right.
staff-task-clock-do = The clock is right
staff-task-restored = A backup was put back
staff-task-restored-detail = All pickup codes were sent anew, and all cards ended: issue new ones. Courier codes ended since the backup work again: end them once more. Look into every locker that asks for it.
staff-task-restored-do = Show lockers
staff-task-disk-low = The disk is nearly full
staff-task-disk-low-detail = Deliveries are refused; parcels can be collected. Make room, or move backups away.
staff-task-disk-low-do = Backups
staff-task-certificate-ends = The certificate needs somebody
staff-task-certificate-ends-detail = It ends soon, or there is none yet. Without it phones warn of this site. Look why its authority gives no new one.
staff-task-certificate-ends-do = Look why
staff-task-door-forced = { $door } opened and nobody knows why
staff-task-door-forced-detail = No code, no exit and no open hours explain it. Look whether lock and door are whole, and who was there.
staff-task-door-forced-do = Look at the door
staff-task-door-held-open = { $door } stands open
staff-task-door-held-open-detail = It has been open for too long. Shut it; this task ends by itself then.
staff-task-door-held-open-do = Look at the door
staff-task-guessing-at-door = Somebody guesses codes at { $door }
staff-task-guessing-at-door-detail = Typing pauses there; scanning and ringing go on. Lift the pause when it is over.
staff-task-guessing-at-door-do = Lift pauses
staff-task-door-silent = { $door } does not answer
staff-task-door-silent-detail = Its control is without power, line or trust. Going out is free. This task ends by itself when it answers.
staff-task-door-silent-do = Look at the door
staff-task-door-tampered = The reader of { $door } was opened
staff-task-door-tampered-detail = Somebody opened its case or tore it off. Look at it before you trust it again.
staff-task-door-tampered-do = Look at the door
staff-task-look-at-door = Look at the lock of { $door }
staff-task-look-at-door-detail = It was released and not seen to open, or nobody knows. Try the door and its contact.
staff-task-look-at-door-do = Look at the door
staff-task-ringing = Somebody at { $door } asks to be let in to { $unit }
staff-task-ringing-detail = The answer counts for two minutes. Who does not answer refuses.
staff-task-ringing-do = Let in once
staff-task-no-deposit = A courier went in at { $door } and left nothing known
staff-task-no-deposit-detail = No parcel of that visit was put anywhere. Look into the room.
staff-task-no-deposit-do = Look at the entry
staff-task-still-inside = Somebody went in at { $door } and was not seen to leave
staff-task-still-inside-detail = They may still be there, or left with somebody else.
staff-task-still-inside-do = Look at the entry
staff-task-followed = Somebody may have followed in at { $door }
staff-task-followed-detail = The door stood open long, or a second person came in with it. Look at the photos.
staff-task-followed-do = Look at the entry
staff-task-late-entry = A courier came in the night at { $door }
staff-task-late-entry-detail = It was allowed. You asked to hear of it.
staff-task-late-entry-do = Look at the entry
staff-task-code-misused = { $kind ->
        [courier] Code { $n } of { $who } may have been passed on
        [pass] Pass { $n } may have been passed on
        [pass-to] Pass { $n } to { $who } may have been passed on
        [person] Code { $n } of { $who } may have been passed on
       *[unknown] Code { $n } may have been passed on
    }
staff-task-code-misused-detail = It was used at two doors at once, or outside its hours again and again. Change it if that was not right.
staff-task-code-misused-do = Look at its entries
staff-task-short-tell = tell somebody in person
staff-task-short-assign = a parcel to assign
staff-task-short-accept = a parcel to accept
staff-task-short-check = a locker to look into
staff-task-short-jammed = a door that does not open
staff-task-short-forced = a door opened by force
staff-task-short-held-open = a door that stands open
staff-task-short-missing = a missing parcel
staff-task-short-not-theirs = a parcel with the wrong person
staff-task-short-overdue = an overdue parcel
staff-task-short-late = a parcel that does not keep
staff-task-short-misplaced = a parcel in the wrong place
staff-task-short-sort = parcels to sort
staff-task-short-sort-late = parcels that still wait to be sorted
staff-task-short-guessing = guessing at a keypad
staff-task-short-bad-address = an address that does not work
staff-task-short-board-silent = a bank that does not answer
staff-task-short-line-silent = a line that does not answer
staff-task-short-camera-silent = a camera that gives no photos
staff-task-short-clock = a doubtful clock
staff-task-short-restored = a restored backup
staff-task-short-disk-low = a nearly full disk
staff-task-short-certificate-ends = a certificate that ends
staff-task-short-door-forced = a door that may have been forced
staff-task-short-door-held-open = a door that stands open
staff-task-short-guessing-at-door = guessing at a door
staff-task-short-door-silent = a door that does not answer
staff-task-short-door-tampered = an opened reader
staff-task-short-look-at-door = a door to look at
staff-task-short-ringing = somebody at a door
staff-task-short-no-deposit = a courier who left nothing
staff-task-short-still-inside = somebody who was not seen to leave
staff-task-short-followed = somebody who may have followed in
staff-task-short-late-entry = a courier in the night
staff-task-short-code-misused = a code that may have been passed on
staff-tell-title = Tell { $who }
staff-tell-how = Call, or print a slip and put it under their door. Making the slip makes a fresh code; an older one may end.
staff-tell-do = Make the slip
staff-slip-made = Slip for one person
staff-slip-once = This code is shown now and never again. Print it or read it out, then leave this page.
staff-slip-done = Told
staff-slip-title = { $n ->
        [one] A parcel waits for you
       *[other] { $n } parcels wait for you
    }
staff-slip-qr = QR code for the scanner
staff-slip-where = Where
staff-slip-keypad = Keypad number
staff-slip-pin = PIN
staff-slip-how = Hold the picture up to the scanner, or type the two numbers. Whoever has this slip can take the parcels.

# banks
staff-banks-title = Lockers
staff-banks-lead = As they hang. Press a door to see what is inside, open it, or take it out of use.
staff-bank-free = { $n } of { $all } free
staff-banks-empty-title = No lockers yet
staff-banks-empty = Draw the first bank as it hangs on the wall. A site with shelves or a desk alone works too.
staff-board-silent = The control board of this bank does not answer: its doors cannot be opened now.
staff-board-silent-here = The control board of this bank does not answer: this door cannot be opened now.
staff-state-free = Free
staff-state-occupied = Occupied
staff-state-reserved = Reserved
staff-state-overdue = Overdue
staff-state-check = Check
staff-state-off = Out of use
staff-state-open = Open
staff-closure-unknown = not read yet
staff-closure-closed = shut
staff-closure-open = open ({ $age })
staff-empty-known = empty
staff-empty-believed = believed empty ({ $age })
staff-filled = something inside
staff-service-in = in use
staff-service-check = look inside first
staff-service-out = out of use
staff-fact-door = Door
staff-fact-occupancy = Inside
staff-fact-service = Use
staff-fact-designation = For whom
staff-fact-measures = Size
staff-measures = { $size }, { $width } x { $height } cm, latch at { $latch } cm
staff-for-all = everybody
staff-only-for = only { $unit }
staff-first-for = first { $unit }
staff-what-you-can-do = What you can do
staff-what-happened = What happened
staff-notes = What staff wrote
staff-story-empty-title = Nothing has happened yet
staff-story-empty = Deposits, openings and checks will show up here.
staff-check-title = What did you find?
staff-check-how = Open the door, look inside, shut it again. Then tick what is really there.
staff-check-found = Inside is
staff-check-nothing = No parcel could be in here.
staff-check-rest = What should be inside and is not ticked counts as missing.
staff-check-do = I have looked
staff-open = Open this door
staff-open-question = Open { $door } now? Whoever's parcel is inside will see it in its history.
staff-open-do = Open now
staff-service-off = Take out of use
staff-service-off-question = No parcel will be put here until you take it back into use.
staff-service-off-do = Take out of use
staff-service-back = Take back into use
staff-service-back-question = Is the door shut and does the lock work? Parcels will be put here again.
staff-service-back-do = Into use
staff-designate = Reserve for an apartment
staff-designate-how = This locker is
staff-designate-free = for everybody
staff-designate-only = only for one apartment
staff-designate-first = first for one apartment, for others when all else is full
staff-install = New bank
staff-plan-lead = Write the doors of each column from top to bottom, columns apart by a bar. The drawing follows.
staff-plan-name = Name of the bank
staff-plan-columns = Columns
staff-plan-hint = S,S,M,L | XL,M - a door with its own height: M:300
staff-plan-height-s = Height of S in mm
staff-plan-height-m = Height of M in mm
staff-plan-height-l = Height of L in mm
staff-plan-height-xl = Height of XL in mm
staff-plan-column-width = Width of a column in mm
staff-plan-foot = Lowest door above the floor in mm
staff-plan-first = First number
staff-plan-sensor = Each locker senses whether something is inside
staff-plan-release = Each large, low locker can be opened from inside, or nobody fits in
staff-plan-do = Put this bank up
staff-plan-presets = Usual banks
staff-plan-preset = { $n } doors
staff-plan-summary = { $n ->
        [one] 1 door
       *[other] { $n } doors
    }, { $reach } within everybody's reach
staff-plan-empty = Write at least one door, such as S.
staff-plan-size = “{ $word }” in column { $column } is no size: write S, M, L or XL.
staff-plan-height = “{ $word }” has no height between 1 and 3000 mm.
staff-plan-many = No bank has more than 400 doors.
staff-plan-width = A column needs a width.

# a new reader at a door
staff-reader-title = New reader
staff-reader-lead = A reader from the factory knows only a key that everybody knows. Here it is let in for five minutes and given a key of its own, the one in its file; that key is never shown.
staff-reader-hint = Set the reader to its factory key, connect it alone if you can, and press. In these five minutes whoever is on this line and knows the public key is taken for the reader. It ends by itself.
staff-reader-do = Let the new reader in
staff-reader-none = No reader with a key of its own is configured at this door.
staff-reader-awaited = A new reader is waited for, until { $until }.
staff-reader-has-key = The reader that is there answers with its own key. Nothing has to be done.
staff-reader-key-set = The reader was given its own key ({ $when }) and answers with it.
staff-reader-key-only = The reader was given its own key ({ $when }), but does not answer with it yet. Look at power and line; below is what was heard last.
staff-reader-nobody = Until { $until } no reader with the factory key answered. Check line, address and speed, and whether the reader is set back to its factory key; then try again.
staff-said-reader-awaited = The new reader is let in for five minutes.

# doors opened with a key
staff-key-title = Opened with a key
staff-key = Open it with the key
staff-key-question = Say so before: if this door opens within the next ten minutes, that is recorded as yours and is no alarm. It is good for one opening; say it again for another.
staff-key-announce = I will open a door with the key
staff-key-which = Which door
staff-key-do = I will open it with the key
staff-key-announced = { $who } opens this door with the key, until { $until }.
staff-key-forced-title = This door counts as forced
staff-key-forced = It was opened ({ $since }), and nothing explains it. If somebody used the key, say who. What is inside is looked at all the same.
staff-key-explain = It was the key
staff-key-holder = Who opened it
staff-key-explain-do = Say that it was the key
staff-said-key-announced = Open the door with the key now. You have ten minutes, for one opening.
staff-said-explained = It is recorded that the door was opened with the key.

# a bank drawn anew
staff-redraw = Draw anew
staff-redraw-title = Draw { $bank } anew
staff-redraw-lead = Put right how the bank hangs: columns from left to right, doors from top to bottom. Nothing changes before you have seen what would.
staff-redraw-column = Column { $n }: { $doors ->
        [one] 1 door
       *[other] { $doors } doors
    }
staff-redraw-new-column = Add a column
staff-redraw-new-door = Add a door
staff-redraw-left = This column one to the left
staff-redraw-width = Width in mm
staff-redraw-number = Number
staff-redraw-size = Size
staff-redraw-height = Height in mm
staff-redraw-sensor = It senses whether something is inside
staff-redraw-up = Move { $door } up
staff-redraw-out = Take { $door } out
staff-redraw-see = See what would change
staff-redraw-see-lead = Look at this before you save it.
staff-redraw-back = Back to the drawing
staff-redraw-save = Save this drawing
staff-redraw-differences = What would change
staff-redraw-none = Nothing: the bank hangs like this already.
staff-redraw-gone = { $n ->
        [one] They took door { $doors } out of the bank. Its number stays with its history and is given to no other door: take it out of your drawing too, or give it another number if it is to hang there again.
       *[other] They took doors { $doors } out of the bank. Their numbers stay with their history and are given to no other door: take them out of your drawing too, or give them other numbers if they are to hang there again.
    }
staff-redraw-added = { $n ->
        [one] Comes: { $doors }
       *[other] Come: { $doors }
    }
staff-redraw-removed = { $n ->
        [one] Goes: { $doors }. Its history is kept, and its number is given to no other door.
       *[other] Go: { $doors }. Their history is kept, and their numbers are given to no other door.
    }
staff-redraw-moved = { $n ->
        [one] Hangs at another place: { $doors }
       *[other] Hang at another place: { $doors }
    }
staff-redraw-to-number = number { $door } from now on
staff-redraw-to-size = size { $size }
staff-redraw-to-width = width { $was } to { $is } mm
staff-redraw-to-height = height { $was } to { $is } mm
staff-redraw-to-sensor = with a sensor
staff-redraw-to-no-sensor = without a sensor
staff-redraw-to-released = what was said of opening it from inside changes
staff-redraw-needed = These are still needed. The bank can be saved when they are not:
staff-redraw-release = A child can climb into { $doors } and be shut in: large, and low enough to climb into.
staff-redraw-released = Each of these can be opened from inside, or nobody fits in. I have made sure.
staff-redraw-waits = No lock is known for a new door yet. It is out of use until a wiring test has found its lock.
staff-redraw-history = Earlier drawings
staff-said-redrawn = The bank is drawn anew.
staff-said-redrawn-test = The bank is drawn anew. Test the wiring, so that the new doors get their locks.
staff-wiring-waiting = Out of service, since no lock is known for them: { $doors }. The next test tries the locks of the doors that were taken out of the drawing.
staff-wiring-no-lock = Out of service, since no lock is known for them: { $doors }. Name their locks under the bus in the configuration file and start again.

# package rooms as drawings
staff-rooms-title = Rooms
staff-rooms-lead = Each room from above and each rack from the front. Press a shelf to see what lies on it.
staff-rooms-none-title = No room is drawn yet
staff-rooms-none = Draw one, and everybody who brings or takes a parcel sees where its shelf is. Shelves work without a drawing too.
staff-rooms-undrawn = Not drawn yet
staff-room-new = Draw a room
staff-room-draw = Draw a room
staff-room-edit = Draw anew
staff-room-title = Draw { $room } anew
staff-room-edit-lead = The wall with the door is at the bottom of the plan. Measures are in mm. Nothing changes before you have seen what would.
staff-room-usual = Package room
staff-room-summary = { $n ->
        [one] 1 shelf or spot on the floor
       *[other] { $n } shelves and spots on the floor
    }
staff-room-plan = From above
staff-room-preset-one = One rack of four levels
staff-room-preset-two = Two racks
staff-room-preset-floor = Spots on the floor
staff-room-undrawn = Not drawn yet: { $shelves }. Write one of these at a level, or as a spot on the floor, to give it its place.
staff-room-name = Name
staff-room-label = Label
staff-room-door = Door that leads to it
staff-room-no-door = None
staff-room-door-at = Middle of the door, mm from the left
staff-room-depth = Depth in mm
staff-room-left = From the left, mm
staff-room-top = From the top, mm
staff-room-front = Parcels are put in
staff-room-front-down = from the bottom of the plan
staff-room-front-left = from the left
staff-room-front-up = from the top of the plan
staff-room-front-right = from the right
staff-room-foot = Lowest board above the floor, mm
staff-room-level = Level { $n } from the floor
staff-room-measured = what fits by its measures: { $size }
staff-room-of-each = as said of each shelf
staff-room-holds = How many on each shelf; empty if nobody counted
staff-room-shelves = Shelves from left to right, with commas between
staff-room-zone = Zone
staff-room-no-zone = None
staff-room-new-rack = Add a rack
staff-room-rack-n = Rack { $n }
staff-room-new-level = Add a level on top of { $label }
staff-room-level-out = Take the top level of { $label } out
staff-room-new-spot = Add a spot on the floor
staff-room-spot = Spot { $label }
staff-room-new-zone = Add a zone
staff-room-zone-n = Zone { $n }
staff-room-out = Take { $label } out
staff-room-use = Parcels that go here first
staff-room-use-anything = any
staff-room-use-keypads = for apartments with these keypad numbers
staff-room-from = Lowest keypad number
staff-room-to = Highest keypad number
staff-room-none = Nothing: the room stands like this already.
staff-room-changed = The room, a rack or a zone is otherwise.
staff-room-added = { $n ->
        [one] Comes: { $shelves }
       *[other] Come: { $shelves }
    }
staff-room-placed = Gets its place in the drawing: { $shelves }
staff-room-takes = Takes other parcels, or another number of them: { $shelves }
staff-room-moved = Is at another place or in another zone: { $shelves }
staff-room-removed = { $n ->
        [one] Goes: { $shelves }. Its history is kept, and its label is given to no other shelf.
       *[other] Go: { $shelves }. Their history is kept, and their labels are given to no other shelf.
    }
staff-room-needed = Parcels are on these shelves or on their way to them. The room can be saved when they are not:
staff-said-room-drawn = The room is drawn.

# parcels
staff-parcels-title = Parcels
staff-parcels-search = Tracking number, apartment, name or number
staff-parcels-live = Here now
staff-parcels-desk = At the desk
staff-parcels-past = Past
staff-parcels-none = Nothing here
staff-parcels-none-text = No parcel is in this list.{ $q }
staff-parcels-not-found = Nothing found
staff-parcels-not-found-text = “{ $q }” fits no parcel in this list. Try another word, or the other lists.
staff-head-parcel = Parcel
staff-head-unit = Apartment
staff-head-where = Where
staff-head-state = State
staff-head-since = Since
staff-head-who = Who
staff-head-what = What
staff-head-when = When
staff-head-how-it-went = How it went
staff-head-carrier = Carrier
staff-head-begins-with = Code
staff-head-hours = Holds
staff-head-until = Until
staff-head-acts = What you can do
staff-head-keypad = Keypad number
staff-head-people = People
staff-head-name = Name
staff-head-reached-by = Reached by
staff-head-remarks = Remarks
staff-head-email = E-mail
staff-head-role = May do
staff-head-length = Random digits
staff-head-for-ever = Guessing goes on all year
staff-head-with-alarm = Stopped at the alarm
staff-is-on-the-way = On the way
staff-is-waiting = Waiting
staff-is-at-desk = At the desk
staff-is-collected = Collected
staff-is-returned = Given back
staff-is-missing = Missing
staff-is-written-off = Written off
staff-is-overdue = Overdue
staff-fact-carrier = Carrier
staff-fact-tracking = Tracking number
staff-fact-addressed = Name on the label
staff-fact-registered = First seen
staff-fact-entitled = May be collected by
staff-fact-size = Size
staff-heavy-mark = (heavy)
staff-who-was-told = Who was told
staff-told-at = handed over { $when }
staff-told-no-channel = no way to reach them
staff-told-refused = address refused
staff-told-late = late, still tried
staff-told-under-way = under way
staff-notice-arrived = Something waits
staff-notice-moved = It is elsewhere now
staff-notice-new-code = A new code
staff-notice-collect-soon = Please collect soon
staff-notice-collected = Taken out with their code
staff-notice-collected-by = Somebody else collected it
staff-notice-handed-over = Handed over
staff-notice-returned = It went back
staff-notice-written-off = Given up
staff-notice-card-used = The card was used
staff-nothing-more = It is over: nothing more can be done with this parcel.
staff-put-it-in = Put it into { $door } and shut the door.
staff-take-it-out = Take it out of { $door } and shut the door.
staff-act-accept = I have it: accept
staff-act-turned-up = It turned up
staff-act-not-there = It is not there
staff-act-not-there-question = It counts as missing, its people have no code for it any more, and staff are asked to look for it. Whoever went in since it was last seen there is named.
staff-act-take-out = Take it out
staff-act-take-out-question = The door opens; take this parcel out and shut the door. Then it is at the desk, and its people are told.
staff-act-take-out-do = Open the door
staff-went-in-since = Since it was last seen there, these went in
staff-went-in-since-text = Their photos may show who carried it out. An entry is a hint, no proof.
staff-act-write-off = Write off
staff-act-write-off-question = Nobody will look for it any more, and its people are told. This cannot be taken back.
staff-act-place = Put into a free locker
staff-act-hand-over = Hand over
staff-act-shelve = Put on a shelf
staff-act-shelve-do = It is there
staff-act-shelve-scanned = It is on this shelf
staff-shelve-label = Scan or type the label of the shelf
staff-shelve-hint = Put it on a shelf and scan the label of the shelf: a scanner works anywhere on this page.
staff-act-give-back = Give back to the carrier
staff-act-give-back-question = It leaves the building, and its people are told.
staff-act-give-back-do = Given back
staff-act-correct = Correct the household
staff-act-correct-hint = Whoever was told wrongly loses access; whoever is right is told.
staff-correct-person = Only for this person (may be left empty)
staff-correct-unknown = Nobody knows yet
staff-return-overdue = Kept too long
staff-return-unknown = Nobody here of that name
staff-return-refused = The recipient does not want it

# desk
staff-desk-title = Desk
staff-desk-lead = { $n ->
        [0] Nothing is at the desk.
        [one] One parcel is at the desk.
       *[other] { $n } parcels are at the desk.
    }
staff-intake-title = Take a parcel in
staff-intake-scan-hint = Scan the label or type it; may be left empty.
staff-intake-unit-hint = Left empty: nobody knows whose it is.
staff-intake-for = For apartment { $unit }
staff-intake-correct = { $whom } – correct?
staff-intake-others = Or is it for
staff-intake-one-of = Is it for one of these?
staff-flag-moved-out = Somebody of this name has moved out.
staff-flag-looks-like = There is also apartment { $units } here. Look at the label again.
staff-flag-no-such-unit = No apartment here is called { $unit }.
staff-other-house = This label says { $said } – this is { $here }.
staff-other-house-hint = Nothing has been taken in yet.
staff-other-house-back = Give it back to the courier
staff-other-house-stays = Take it in anyway
staff-shelving-title = Put on shelves
staff-shelving-scan-parcel = Parcel
staff-shelving-scan-parcel-hint = Scan its label, or type its number. Then scan the shelf.
staff-shelving-scan-shelf = Shelf
staff-shelving-scan-shelf-hint = Scan the label of the shelf, or type it. Another parcel can be scanned instead.
staff-shelving-suggested = Fits on shelf { $shelf }
staff-shelving-put = { $parcel } is on shelf { $shelf }. Scan the next parcel.
staff-shelving-put-down = Not this parcel
staff-shelving-unknown = No parcel and no shelf has this label. Scan again.
staff-shelving-not-here = This parcel is in a locker, or no longer here. Open its page to see where it is.
staff-shelving-parcel-first = That is a shelf. Scan the parcel first.
staff-shelving-another = This parcel instead. The one before stays where it was.
staff-shelving-there-already = It was there already.
staff-batch-title = Scan many
staff-batch-lead = { $n ->
    [0] Scan one after the other; nothing is taken in before you say so.
    [one] One scanned. Nothing is taken in yet.
   *[other] { $n } scanned. Nothing is taken in yet.
 }
staff-batch-scan = Label
staff-batch-scan-hint = Scan it or type its number; the next one can follow at once.
staff-batch-add = Add
staff-batch-empty = Nothing scanned yet
staff-batch-empty-text = Each label becomes a line here. What is scanned stays when the page is loaded again.
staff-batch-asking = { $n ->
    [one] One still asks: say whose it is.
   *[other] { $n } still ask: say whose they are.
 }
staff-batch-accept = { $n ->
    [one] Take it in
   *[other] Take all { $n } in
 }
staff-batch-other-house = another house
staff-batch-asks = asks
staff-batch-filled-in = filled in
staff-batch-nobody = nobody knows
staff-batch-said = you said so
staff-batch-whose = Whose is it?
staff-batch-printed = the label says { $name }
staff-batch-change = Change
staff-batch-drop = Put aside
staff-batch-unknown = Nobody knows whose it is
staff-batch-unreadable = That is no label. Scan it again, or type its number.
staff-batch-full = Sixty are waiting. Take those in first.
staff-board-title = How intake goes
staff-board-lead = The last { $weeks } weeks, from what was taken in here.
staff-board-empty = Nothing to count yet
staff-board-empty-text = The first parcel that is taken in at a kiosk or at the desk is counted here.
staff-board-export = Save as a table
staff-board-parcels = parcels
staff-board-wrong = went to the wrong recipient
staff-board-by-itself = were filled in by themselves
staff-board-seconds = a parcel, half of them faster
staff-board-touches = touches a parcel, half of them fewer
staff-board-by-carrier = By carrier
staff-board-by-week = By week
staff-board-week = Week of { $day }
staff-board-head-week = Week
staff-board-head-parcels = Parcels
staff-board-head-wrong = Wrong recipient
staff-board-head-by-itself = By itself
staff-board-head-seconds = Half faster than
staff-board-head-slow = Nine of ten faster than
staff-board-head-touches = Touches
staff-board-how = How it is counted
staff-board-how-text = Wrong: a resident said it is not theirs, or staff gave it to somebody else. By itself: the label named the recipient and somebody said yes to it. Time: from the scan, or the first key, until the door opened or, without a door, until it was said whose it is. Touches: presses and keys on the page, a scan counts as one.
staff-evidence = What its label said
staff-evidence-printed = On the label
staff-evidence-decision = From the label alone
staff-evidence-confirmed = Confirmed
staff-evidence-elsewhere = Address
staff-evidence-meant = Whom it could mean
staff-evidence-symbols = Symbols as they were scanned
staff-evidence-hint = Only staff see this. It is erased some days after the parcel is collected; the settings say how many.
staff-decision-auto = filled in
staff-decision-ask = asked
staff-decision-none = nobody found
staff-confirmed-suggested = as it was filled in
staff-confirmed-alternate = another one of those offered
staff-confirmed-offered = one of those offered
staff-confirmed-typed = the apartment was typed
staff-confirmed-scanned = the apartment was scanned
staff-confirmed-letters = by letters of the name
staff-confirmed-same-again = the same as the parcel before
staff-confirmed-unknown = nobody knew
staff-settings-houses = Where the buildings stand
staff-houses-hint = A label for another house is told by street and postal code. Left empty, it is not compared.
staff-houses-only = The building
staff-houses-street = Street and house number
staff-houses-postal = Postal code
staff-settings-evidence = What labels said
staff-evidence-days = Days it is kept
staff-evidence-days-hint = After the parcel was collected or went back; 1 to 365.
staff-intake-unknown = Nobody knows whose it is
staff-intake-unknown-hint = It stays at the desk, with a task to find out.
staff-intake-who = Who is it for?
staff-intake-household = The whole household
staff-intake-name-hint = As written, if it is another name.
staff-intake-heavy = It is heavy
staff-intake-size = How big? Pressing it accepts the parcel.
staff-intake-known = A parcel with this number came today already.
staff-intake-known-look = Look at it
staff-intake-known-another = This is another parcel with the same number.
staff-intake-whose-number = Several companies have numbers like this. Whose is it?
staff-intake-another-company = another company
staff-camera = Scan with camera
staff-camera-caption = Hold the whole label, or the code a resident shows, still in front of the camera.
staff-camera-stop = Camera off
staff-camera-refused = The browser does not allow this page to use the camera. Allow it in the browser's settings, take a photo, or type the number.
staff-camera-missing = There is no camera here. Use a scanner, or type the number.
staff-camera-insecure = The camera works only where the site is reached by https. Take a photo, use a scanner, or type the number.
staff-camera-broken = The camera gives no picture. Take a photo, use a scanner, or type the number.
staff-photo = Photo of the label
staff-photo-send = Read the photo
staff-photo-site = A photo is read on the building's own machine and not kept.
staff-photo-here = This program was built without reading photos: barcodes in a photo are read here in the browser, and nothing is uploaded.
staff-photo-not-here = This program was built without reading photos. Scan the label with the camera or a scanner, or type the number.
staff-photo-reading = Reading the photo.
staff-photo-empty = No photo was chosen.
staff-photo-other-kind = This file is not a picture: a JPEG or PNG is needed.
staff-photo-broken = The picture is damaged and could not be read. Take it again.
staff-photo-too-large = The picture is too large: 32 MB and 50 million pixels are the most.
staff-read-now-apartment = The label was read. Now the apartment.
staff-read-no-symbol = No barcode could be read. Hold the label flat and closer, or type the number.
staff-read-damaged = The large code is damaged or cut off. Take it again, or type the number.
staff-read-several-labels = There are several labels in the picture. Cover the others, or take one at a time.
staff-read-several-recipients = Two recipients are printed in the picture. Cover the other label, or choose the apartment.
staff-read-foreign-keyboard = This is no number: the scanner types for another keyboard. Set its keyboard language to that of this computer, or type the number.
staff-read-web-address = That code is a web address, not a parcel's label.
staff-read-no-label = The codes in the picture are not those of a parcel's label. Type the number.
staff-read-shelf = That is the label of a shelf. Scan the label of the parcel here; the shelf is scanned on the parcel's own page.
staff-read-other-building = That code is for another building.
staff-size-s = like a book
staff-size-m = like a shoe box
staff-size-l = like a crate
staff-size-xl = bigger
staff-hand-over-title = Hand over
staff-show-scan = Notice or card
staff-show-scan-hint = Scan the QR code they show.
staff-show-keypad = or keypad number
staff-show-pin = and PIN
staff-show-do = Show what is theirs
staff-find-name = Without a code: name or apartment
staff-find-hint = You will be asked how you know them.
staff-find-nobody = “{ $q }” fits nobody.
staff-at-desk-n = { $n ->
        [0] nothing at the desk
        [one] one parcel at the desk
       *[other] { $n } parcels at the desk
    }
staff-nothing-at-desk = Nothing of theirs is at the desk
staff-nothing-at-desk-text = What waits in lockers and on shelves they collect with their code.
staff-hand-over-what = Everything of theirs at the desk
staff-hand-over-why = How do you know them?
staff-hand-over-why-hint = For example: knows me, showed an ID.
staff-hand-over-do = Handed over

# residents
staff-residents-title = Residents
staff-residents-search = Name, apartment or e-mail
staff-residents-all = All
staff-residents-silent = Without a channel ({ $n })
staff-residents-silent-hint = No message reaches them: give them a card, or tell them in person.
staff-residents-none-silent = Everybody can be reached
staff-residents-none-silent-text = Each person has an address that works.
staff-residents-not-found = Nobody found
staff-residents-not-found-text = “{ $q }” fits nobody and no apartment.
staff-residents-empty-title = Nobody lives here yet
staff-residents-empty = Take over the list of your property software, or add apartments one by one.
staff-import-title = Import a list
staff-people = People
staff-nobody = nobody
staff-mark-left = moved out
staff-mark-bad-address = address does not work
staff-mark-no-mail = no e-mail
staff-mark-reach = within reach
staff-mark-hidden = hidden
staff-unit-new = New apartment
staff-unit-keypad = Keypad number { $keypad }
staff-unit-empty-title = Nobody lives here
staff-unit-empty = Add the first person to begin a tenancy.
staff-unit-turn-over = Everybody moves out
staff-unit-turn-over-question = The people of this apartment move out. Whoever comes next never gets their parcels.
staff-unit-turn-over-do = Moved out
staff-keypad = Keypad number
staff-keypad-hint = Digits only; needed where the label has letters (12B: 1202).
staff-person-add = Add a person
staff-person-details = Name and address
staff-first-name = First name
staff-last-name = Last name
staff-email = E-mail
staff-phone = Phone
staff-reach = Needs a door within reach (about 40 to 120 cm)
staff-hidden = Hidden: couriers see only the apartment
staff-sharing = Parcels of this person may be collected by
staff-sharing-usual = Parcels may be collected by
staff-sharing-site = as the site does
staff-sharing-shared = the whole household
staff-sharing-private = the addressee alone
staff-leavers = What already waits
staff-leavers-keep = can be collected for 14 days
staff-leavers-lose = is lost to them at once
staff-former = Moved out
staff-waiting = Waiting
staff-nothing-waits = Nothing waits for them.
staff-tell-in-person = Tell them in person
staff-tell-again = Send a new message
staff-card = Card
staff-card-hint = A printed card opens what waits for them, without a phone. Each use is told to them.
staff-card-held = They hold a card.
staff-card-issue = Issue a card
staff-card-replace = Replace the card
staff-card-replace-question = The old card stops working at once.
staff-card-revoke = Revoke the card
staff-card-revoke-question = The card stops working at once.
staff-card-issued = Card to print
staff-card-once = This card is shown now and never again. Print it, then leave this page.
staff-card-line = Apartment { $unit }
staff-card-qr = QR code of the card
staff-moving-out = Moving out
staff-move-out = This person moves out
staff-move-out-question = From now on nothing new can be collected with their codes.
staff-move-out-do = Moved out

# couriers
staff-couriers-title = Couriers
staff-couriers-lead = A code opens empty lockers only. It is shown once, when it is made.
staff-poster = Poster
staff-poster-title = Deliver here
staff-poster-1 = Press Deliver and give your code or badge
staff-poster-2 = Scan the label; a door opens
staff-poster-3 = Put it in, shut the door - done
staff-poster-4 = No door fits or all are full? The screen says where else
staff-poster-where = Lockers: { $places }
staff-poster-holders = A code is held by: { $carriers }
staff-poster-help = No code, or stuck? Call
staff-poster-code = Code for { $carrier }:
staff-poster-public = This poster bears the code. Whoever reads it can open empty lockers; hang it where only couriers come.
staff-carrier-new = New carrier
staff-carrier-name = Name of the company
staff-carriers-empty-title = No carrier yet
staff-carriers-empty = Name the companies that deliver here, then make a code for each.
staff-codes-empty-title = No code yet
staff-codes-empty = Make a code for each company; its couriers type it or scan the badge.
staff-codes = Courier codes
staff-code-n = Code { $n }
staff-code-new = New code
staff-code-new-do = Make the code
staff-code-for = Driver or route
staff-code-for-hint = May stay empty. Such as “Route 7, Sam”; at most 40 characters. Shown to staff where this code came in, and on its badge.
staff-code-for-change = Driver or route
staff-carrier-courier = { $carrier } ({ $name })
staff-code-poster = Also print it on a poster
staff-code-until = Last day
staff-code-over = over
staff-code-overlap = ends soon
staff-code-overlap-hint = The old code holds for two more weeks.
staff-code-rotate = New code, two weeks' overlap
staff-code-end = End now
staff-code-end-question = Its couriers can no longer deliver with it.
staff-code-issued = Courier code
staff-code-once = This code is shown now and never again. Print it or write it down, then leave this page.
staff-code-digits = Typed at the kiosk
staff-code-seen = I have it
staff-badge-line = Valid until { $until }
staff-badge-line-for = { $name }. Valid until { $until }
staff-badge-qr = QR code of the badge
staff-days = Days
staff-from = From
staff-to = To

# kiosks
staff-kiosks-title = Kiosks
staff-kiosks-lead = A kiosk opens only the lockers in its sight.
staff-kiosks-empty-title = No kiosk yet
staff-kiosks-empty = Pair a tablet or screen that stands beside the lockers.
staff-kiosk-pair = Pair a kiosk
staff-kiosk-pair-do = Make the pairing code
staff-kiosk-name = Name
staff-kiosk-name-hint = Where it stands, such as Lobby.
staff-kiosk-banks = Lockers in its sight
staff-kiosk-sees = Sees
staff-kiosk-sees-nothing = no lockers in its sight
staff-kiosk-last = Last used
staff-kiosk-change = Change
staff-kiosk-scale = Pixels a millimetre
staff-kiosk-scale-hint = Hold a bank card (85.6 mm) to the screen; 3 to 8.
staff-kiosk-camera = It scans with its camera without being asked
staff-kiosk-camera-hint = Without the tick a press of “Scan with camera” starts it.
staff-kiosk-unpair = End pairing
staff-kiosk-unpair-question = The screen stops working at once; a visit going on there ends.
staff-kiosk-paired = Pairing code
staff-kiosk-once = This code is shown now and never again. Whoever has it can be this kiosk.
staff-kiosk-step-1 = On the screen that shall be the kiosk, open this link:
staff-kiosk-step-2 = Or photograph this picture with it, if it has a camera.
staff-kiosk-step-3 = Come back here and measure its pixels.
staff-kiosk-qr = QR code for pairing

# settings
staff-settings-title = Settings
staff-settings-site = The site
staff-settings-help = Help lines
staff-settings-policy = Rules
staff-settings-desk = Desk hours
staff-settings-shelves = Shelves
staff-settings-areas = Drop places
staff-settings-accounts = Accounts of staff
staff-settings-backup = Backup
staff-settings-backup-text = A backup holds everything but codes under way, sealed under a passphrase. Run it on the machine, and keep it elsewhere:
staff-site-name = Name of the site
staff-public-url = Public address
staff-public-url-hint = Where phones reach this site; messages carry links only if it is set.
staff-country-code = Country code of phone numbers
staff-country-code-hint = For numbers written without one, such as 1 or 34.
staff-help-hint = Shown at kiosks, on slips and on every failure, by the hour.
staff-help-none = Nobody can be called when something fails. Add a line.
staff-help-add = Add a help line
staff-help-text = Who answers
staff-zone = Time zone
staff-hold-days = Days a parcel may wait
staff-pin-length = Length of PINs
staff-digits = random digits
staff-arithmetic-title = What a guess may hit in a year
staff-arithmetic = { $live ->
        [one] One PIN is live now
       *[other] { $live } PINs are live now
    }, at most { $behind } behind one keypad number. Chance that somebody who guesses opens a locker within a year:
staff-chance-none = none
staff-chance-percent = { $percent } % a year
staff-chance-years = once in { $years } years
staff-guesses = When somebody guesses
staff-guesses-standard = from the 20th miss in a day each further miss pauses that keypad an hour
staff-guesses-high = from the 20th miss in a day keypads are off until staff lift it
staff-drop-place-allowed = Couriers may use a drop place when all else is full
staff-own-receipts = Who takes a parcel out with a code gets a message too
staff-desk-hours-add = Add hours
staff-desk-none = There is no desk
staff-shelves-hint = A label without a lock; couriers and staff put parcels there.
staff-areas-hint = A named place open to all, used last.
staff-role-staff = parcels and doors
staff-role-manager = also people, codes, kiosks and settings
staff-role-owner = everything, accounts too
staff-role-unknown = nothing
staff-invite = Invite somebody
staff-invite-do = Make the invitation
staff-account-name = Name
staff-account-disabled = disabled
staff-account-invited = invited
staff-account-enable = Enable
staff-account-disable = Disable
staff-account-disable-question = They are signed out at once and cannot sign in again.
staff-account-reset = New password
staff-account-reset-question = A link for a new password is shown once. The old password holds until it is used.
staff-link-title = Link for one person
staff-link-once = This link is shown now and never again.
staff-link-how = Give it to them; it lets them choose a password.

# shelves
staff-shelves-lead = How full each is. What lies there waits for its people as behind a door.
staff-shelves-none-title = No shelves yet
staff-shelf-no-zone = Shelves
staff-shelf-filled = { $n } of { $all }
staff-shelf-parcels = { $n ->
    [one] { $n } parcel
   *[other] { $n } parcels
}
staff-shelf-largest = takes parcels up to { $size }
staff-shelf-floor = a spot on the floor, up to { $size }
staff-shelf-empty = Nothing lies here.
staff-shelf-inside = What lies here
staff-shelf-takes = What it takes
staff-class = What it is
staff-class-usual = The usual
staff-class-meal = Meal
staff-class-chilled = To be kept cold
staff-class-medicine = Medicine
staff-class-signature = Signature required
staff-class-times-hint = Parcels that do not keep: their people are reminded, then staff are asked for. Medicine never lies open; what wants a signature goes from hand to hand.
staff-class-meal-time = A meal waits, minutes
staff-class-chilled-time = What is cold waits, hours
staff-class-medicine-time = Medicine waits, hours
staff-class-signature-time = What wants a signature waits, hours
staff-class-reminded = People are reminded after so much of that time, percent
staff-invalid-class-time = How long a parcel waits is written as a whole number.
staff-act-classify = Say what it is
staff-drop-title = Parcels without a scan
staff-drop-lead = { $n ->
        [one] One parcel, put down { $when }
       *[other] { $n } parcels, put down { $when }
    }
staff-drop-no-photo = No camera saw them. Look at their labels.
staff-drop-whose = Say whose it is
staff-drop-sorted = These parcels are sorted
staff-drop-sorted-text = Each is somebody's, or at the desk.
staff-keep-for = Keep it for one kind of parcel
staff-keep-for-hint = What is kept for one kind takes that first, and nothing else.
staff-kept-for = Kept for
staff-fact-kept-until = Kept until
staff-hand-over-signed = They signed for it
staff-shelf-zone = Where it stands
staff-shelf-zone-hint = A room or a rack, as people call it. Up to 40 characters.
staff-shelf-largest-label = Largest parcel
staff-shelf-holds = How many parcels
staff-shelf-holds-hint = From 1. Leave it empty if nobody counted.
staff-shelf-height = Height in mm
staff-shelf-height-hint = Of the board above the floor, up to 3000. Who asked for reach gets 380 to 1220.
staff-shelf-floor-label = A spot on the floor: it takes what fits nowhere else
staff-invalid-size = Choose a size.
staff-shelve-again = Move to another shelf

# events
event-site-founded = the site was set up
event-policy-set = the rules of the site were changed
event-bank-installed = { $bank } was put up with { $n } lockers
event-bank-changed = { $bank } was drawn anew, drawing { $n }
event-room-drawn = { $label } was drawn, drawing { $n }
event-wiring-set = the wiring of { $bank } is known, version { $n }
event-wiring-test-began = a wiring test of { $bank } began
event-wiring-tried = the lock taken for { $door } was tried: { $opened ->
    [door] a door opened
    [several] several doors opened
   *[nothing] nothing opened
  }
event-wiring-test-stopped = the wiring test of { $bank } stopped, and the wiring stays as it was
event-shelf-installed = shelf { $label } was named
event-shelf-described = what shelf { $label } takes was set
event-drop-place-named = drop place { $label } was named
event-desk-hours-set = desk hours were set: { $hours }
event-carrier-named = carrier { $carrier } was named
event-kiosk-paired = { $kiosk } was paired
event-kiosk-banks-set = the lockers in sight of { $kiosk } were changed
event-kiosk-unpaired = { $kiosk } is no longer paired
event-staff-enrolled = { $who } joined the staff
event-site-started = the machine started (start { $n })
event-epoch-raised = a backup was restored or events were lost; record { $n } begins
event-clock-doubted = the clock showed { $wall } and is not believed
event-disk-low = { $low ->
        [yes] the disk is nearly full
       *[no] the disk has room again
    }
event-step-skipped = { $skipped ->
        [yes] getting ready: { $step } was skipped
       *[no] getting ready: { $step } is to be done after all
    }
event-getting-ready-hidden = { $hidden ->
        [yes] nobody is reminded of getting ready any more
       *[no] staff are reminded of getting ready again
    }
event-test-mail-requested = { $who } asked for a test mail
event-unit-added = { $unit } was added (keypad number { $keypad })
event-tenancy-began = new people moved into { $unit }
event-person-joined = { $who } moved in
event-person-left = { $keeps ->
        [yes] { $who } moved out and can collect what waits until { $until }
       *[no] { $who } moved out
    }
event-sharing-set = { $sharing ->
        [shared] parcels of { $who } are for the whole household
        [private] parcels of { $who } are for them alone
       *[site] parcels of { $who } follow the site's rule
    }
event-courier-code-issued = a courier code for { $carrier } was made, until { $until }
event-courier-code-revoked = { $later ->
        [yes] a courier code ends { $at }
       *[no] a courier code ended
    }
event-card-issued = a card for { $who } was printed
event-card-revoked = a card stopped working
event-pickup-code-issued = a pickup code for { $who } was made
event-pickup-code-ended = a pickup code ended
event-code-missed = { $purpose ->
        [deliver] a wrong courier code was typed at { $kiosk } ({ $selector })
       *[pick-up] a wrong PIN was typed at { $kiosk } for { $selector }
    }
event-code-accepted = { $purpose ->
        [deliver] courier code { $code } was accepted at { $kiosk }
       *[pick-up] pickup code { $code } was accepted at { $kiosk }
    }
event-selector-paused = typing for { $selector } pauses until { $until }
event-kiosk-paused = typing at { $kiosk } pauses until { $until }
event-keypads-off = all keypads are off until staff lift it
event-pauses-lifted = all pauses were lifted
event-visit-began = { $kind ->
        [courier] a courier of { $who } began at { $kiosk }
        [guest] somebody who was let in without a code began at { $kiosk }
       *[resident] { $who } came to { $kiosk }
    }
event-looked-up = the courier looked somebody up
event-visit-continued = the visit went on
event-visit-ended = { $how ->
        [finished] the visit ended
        [idle] the visit ended, nobody touched the screen
        [too-long] the visit ended after an hour
       *[restart] the visit ended with a restart
    }
event-turned = { $turn ->
        [bigger] at { $door }: too small, a bigger one please
        [not-left] at { $door }: the courier keeps the parcel
        [inside] at { $door }: something is already inside
        [leave] at { $door }: something stays inside
        [not-mine] at { $door }: this is not mine
       *[empty] at { $door }: it was empty
    }
event-parcel-registered = { $known ->
        [yes] { $carrier } brought it for { $unit }
       *[no] { $carrier } brought it, for whom is not known
    }, size { $size }{ $heavy ->
        [yes] {", "}heavy
       *[no] {""}
    }
event-place-planned = its place is { $place }
event-recipient-corrected = { $known ->
        [yes] it is for { $unit } now
       *[no] for whom it is was taken back
    }
event-parcel-disowned = { $who } said it is not theirs
event-custody-transferred = { $to ->
        [courier] the courier has it ({ $who })
        [compartment] put into { $place }
        [shelf] put on { $place }
        [area] left at { $place }
        [staff] taken by { $who } at the desk
        [recipient] collected by { $who }
        [carrier] given back to { $who }
        [missing] it is missing; it was: { $from }
       *[written-off] given up; it was: { $from }
    }
event-parcel-overdue = it waits longer than the site keeps parcels
event-parcel-classified = { $class ->
        [meal] it is a meal
        [chilled] it is to be kept cold
        [medicine] it is medicine
        [signature] it wants a signature
       *[usual] it is a usual parcel
    }
event-parcel-reminded = its people were reminded
event-parcel-late = it waits longer than its kind may
event-parcels-dropped = put down without a scan, { $n } together
event-drop-late = what was put down without a scan still waits to be sorted
event-place-kept-for = { $class ->
        [meal] { $place } is kept for meals
        [chilled] { $place } is kept for what is cold
        [medicine] { $place } is kept for medicine
       *[usual] { $place } is for all kinds again
    }
event-parcel-filed = its record was closed
event-compartment-designated = { $how ->
        [only] { $door } is only for { $unit }
        [first] { $door } is first for { $unit }
       *[free] { $door } is for everybody
    }
event-compartment-service-set = { $in ->
        [yes] { $door } is in use again
       *[no] { $door } was taken out of use
    }
event-compartment-to-check = nobody is sure what is in { $door }
event-compartment-checked = { $door } was looked into
event-opening-authorised = { $purpose ->
        [deposit] { $door } opens for a delivery
        [fix] { $door } opens again for the courier
        [collect] { $door } opens for collection
        [reopen] { $door } opens once more
        [staff-open] { $door } opens for staff
        [staff-remove] { $door } opens to take it out
       *[staff-place] { $door } opens to put it in
    }
event-opening-attempted = pulse { $n } was sent
event-pulse-failed = { $outcome ->
        [opened] pulse { $n } opened the door
        [closed] pulse { $n } did not open the door
        [unknown] nobody knows what pulse { $n } did
       *[not-sent] pulse { $n } was not sent
    }
event-not-opened = the door did not open
event-opening-unknown = nobody knows whether the door opened
event-compartment-opened = { $explained ->
        [yes] { $door } opened
        [key] { $who } opened { $door } with the key
       *[no] { $door } opened and nothing explains it
    }
event-compartment-closed = { $door } was shut
event-compartment-forced = { $door } may have been forced
event-key-announced = { $who } is about to open { $door } with the key, until { $until }
event-force-explained = { $door } was opened with the key, by { $who }
event-compartment-held-open = { $door } stood open for too long
event-occupancy-seen = { $occupied ->
        [yes] the sensor sees something in { $door }
       *[no] the sensor sees { $door } empty
    }
event-board-silent = { $bank } does not answer
event-board-back = { $bank } answers again
staff-denied-not-this-door = the code is for other doors
staff-denied-closed-to-couriers = the door is closed to couriers
staff-denied-outside-hours = not an hour of the code
staff-denied-late-night = no couriers at this hour
staff-denied-pass-in-use = the pass is used at another door
staff-denied-code-dead = the code is over
staff-denied-nothing-waits = nothing waits for them
staff-denied-wrong-code = a wrong code
event-access-point-installed = the door { $door } was put up
event-access-point-changed = the door { $door } was changed
event-access-point-removed = the door { $door } was taken down
event-door-mode-set = { $mode ->
        [locked] { $door } is locked and opens by code
        [scheduled] { $door } is open to all: { $hours }
       *[closed] { $door } is closed to couriers
    }
event-holidays-set = { $n ->
        [one] the doors know 1 holiday
       *[other] the doors know { $n } holidays
    }
event-door-night-set = { $night ->
        [site] { $door } keeps to the night of all doors
        [none] { $door } has no night
        [refuse] { $door } lets no courier in: { $hours }
       *[tell] { $door } tells staff of couriers: { $hours }
    }
event-door-policy-set = the rules of the doors were changed
event-kiosk-doors-set = the doors at which { $kiosk } stands were changed
event-pass-issued = { $kind ->
        [visitor] a visitor's pass was made, until { $until }
       *[delivery] a delivery pass was made, until { $until }
    }
event-pass-spent = a pass let its holder in at { $door }; its other doors open until { $until }
event-pass-ended = { $used ->
        [yes] a pass let its holder in and is spent
       *[no] a pass ended
    }
event-door-code-missed = { $purpose ->
        [enter] a wrong code was typed at { $door } ({ $selector })
       *[collect] a wrong PIN was typed at { $door } for { $selector }
    }
event-door-paused = typing at { $door } pauses until { $until }
event-entry-began = { $kind ->
        [courier] a courier of { $who } may come in at { $door }, with code { $code }
        [pass] the holder of pass { $code } may come in at { $door }
        [resident] { $who } may come in at { $door }, with code { $code }
        [staff] { $who } let somebody in at { $door }
        [rang] somebody who rang may come in at { $door }, to { $who }
        [parcel] somebody may come in at { $door } with one parcel for { $who }
       *[open] anyone may come in at { $door } at this hour
    }
event-entry-denied = { $known ->
        [yes] nobody was let in at { $door } with code { $code }: { $why }
       *[no] nobody was let in at { $door }: { $why }
    }
event-entry-released = { $outcome ->
        [taken] the lock was released for entry { $n }
        [not-taken] the lock was not released for entry { $n }
       *[unknown] the lock did not say whether it was released for entry { $n }
    }
event-entry-unknown = nobody knows whether the door was released for entry { $n }
event-entry-joined = who came in by entry { $n } is at work at a kiosk
event-deposit-awaited = who came in by entry { $n } has left, and may bring more
event-entry-suspected = { $what ->
        [no-deposit] entry { $n } left no parcel that is known
        [open-long] others may have followed entry { $n }: the door stood open long
        [second-code] a second code was shown while the door stood open for another: entry { $n }
        [two-doors] the code of entry { $n } is used at two doors at once
        [left-with-more] entry { $n } may have left with more: { $parcel } was not found afterwards
       *[no-exit] entry { $n } was not seen to leave
    }
event-entry-ended = { $how ->
        [passed] entry { $n } went in
        [left] entry { $n } left again
        [not-leaving] entry { $n } ended without an exit
        [not-opened] nobody went in by entry { $n }
       *[unknown] entry { $n } ended and nobody knows how
    }
event-passage-opened = { $why ->
        [entry] { $door } opened for an entry
        [exit] { $door } opened, somebody went out
        [hours] { $door } opened in its open hours
       *[nothing] { $door } opened and nothing explains it
    }
event-passage-closed = { $door } was shut
event-passage-unreadable = the contact of { $door } cannot be read
event-passage-still-open = { $door } can be read again and still stands open
event-passage-forced = { $door } may have been forced open
event-passage-held-open = { $door } stood open for too long
event-room-watched = stills of the room behind { $door } were asked for, somebody was inside
event-exit-requested = somebody inside asked { $door } to open
event-passage-explained = somebody inside had asked { $door } to open: that is why it opened
event-reader-awaited = a new reader is let in at { $door }, until { $until }
event-reader-key-set = the reader at { $door } has been given its own key
event-door-answers = { $answers ->
        [yes] the control of { $door } answers again
       *[no] the control of { $door } does not answer
    }
event-door-tampered = { $tampered ->
        [yes] the reader of { $door } was opened or torn off
       *[no] the reader of { $door } is shut again
    }
event-ring-began = somebody rang at { $door } for { $unit }
event-ring-answered = { $let ->
        [yes] who rang was let in
       *[no] who rang was refused
    }
event-ring-lapsed = nobody answered who rang
event-notice-requested = { $what ->
        [arrived] { $who } is told that something waits
        [moved] { $who } is told that it is elsewhere
        [new-code] { $who } gets a new code
        [collected] { $who } is told that it was taken out with their code
        [collected-by] { $who } is told who collected it
        [handed-over] { $who } gets a receipt
        [returned] { $who } is told that it went back
        [written-off] { $who } is told that it was given up
        [ringing] { $who } is asked to let somebody in
        [let-in] { $who } is told that somebody was let in
       *[card-used] { $who } is told that the card was used
    }
event-notice-handed-over = the message was handed over
event-notice-in-trouble = { $trouble ->
        [no-channel] there is no way to send the message
        [refused] the address refused the message
       *[late] the message is late and still tried
    }
event-task-raised = staff are needed: { $task }
event-task-done = a task was done
event-photo-missing = { $known ->
        [yes] { $trouble ->
            [no-answer] no photo: { $camera } did not answer
            [no-picture] no photo: { $camera } sent something that is no picture
            [refused] no photo: { $camera } refused
            [busy] no photo: { $camera } was busy
            [space-low] no photo: the disk is nearly full
            [not-kept] no photo: it could not be written
            [stopped] no photo: the site was stopped first
            [no-camera] no photo: no camera looks there
           *[not-configured] no photo: { $camera } is not configured
        }
       *[no] a photo should be here and is not
    }
event-camera-installed = the camera { $camera } was put up
event-camera-set = the camera { $camera } looks at something else now
event-camera-removed = the camera { $camera } was taken down
event-camera-silent = the camera { $camera } gives no photos
event-camera-back = the camera { $camera } gives photos again
event-photo-taken = { $why ->
        [log-in] { $camera } saw a courier log in
        [deposit] { $camera } saw it put in
        [collection] { $camera } saw it taken out
        [denial] { $camera } saw somebody refused
        [forced] { $camera } saw a door that opened by itself
        [held-open] { $camera } saw a door that stood open
        [inside] { $camera } saw a locker that is not empty
        [doubted] { $camera } saw what the recipient doubts
        [intake] { $camera } saw it taken in
        [entry] { $camera } saw who may come in
        [opened] { $camera } saw the door open
        [in-room] { $camera } saw who is inside
        [followed] { $camera } saw who may have followed
        [rang] { $camera } saw who rang
        [drop] { $camera } saw parcels put down
        [check-out] { $camera } saw it carried away from its shelf
       *[hand-over] { $camera } saw it handed over
    }
event-photo-viewed = somebody looked at photo { $n }
event-photo-changed = the file of photo { $n } is not the one that was recorded
event-photo-erased = { $why ->
        [over] photo { $n } was erased, its time was over
       *[lost] photo { $n } is not on the disk any more
    }
event-evidence-held = { $what ->
        [photo] photo { $n } is kept until { $until }
        [entry] all photos of entry { $n } are kept until { $until }
       *[parcel] all photos of parcel { $n } are kept until { $until }
    }
event-evidence-released = { $what ->
        [photo] photo { $n } is no longer held
        [entry] the photos of entry { $n } are no longer held
       *[parcel] the photos of parcel { $n } are no longer held
    }

# import
staff-import-lead = A CSV file as your property software writes it. Nothing changes until you have seen what would.
staff-import-file = File
staff-import-file-hint = CSV, up to 10 MB. Headings such as unit, first name, last name, email, phone.
staff-import-complete = This list is complete: whoever is missing moves out
staff-import-strangers = New names in an apartment whose people the list does not mention
staff-import-ask = ask me
staff-import-replace = are new tenants; the others move out
staff-import-join = are room-mates; everybody stays
staff-import-skip = Leave out rows that cannot be understood
staff-import-try = Show what would change
staff-import-diff = What would change
staff-import-read = { $rows ->
        [one] One row read
       *[other] { $rows } rows read
    } ({ $encoding })
staff-import-nothing-yet = Nothing has changed yet. Nobody is written to.
staff-import-bad-rows = { $n ->
        [one] One row is not understood. Correct the file, or leave such rows out.
       *[other] { $n } rows are not understood. Correct the file, or leave such rows out.
    }
staff-import-do = Take it over
staff-import-new-units = new apartments
staff-import-new-people = moving in
staff-import-changed = changed
staff-import-moved-out = moving out
staff-import-unchanged = as before
staff-import-not-in-file = not in the file, stay
staff-import-without-channel = without a channel
staff-import-list-bad = Not understood
staff-import-list-conflicts = Need a decision; left as they are
staff-import-list-later = Moving in later; import again then
staff-import-list-notes = Worth knowing
staff-import-line = Line { $n }
staff-import-more = and { $n } more
staff-import-columns = How the columns were read
staff-import-unused = not used
staff-import-out-date = by its date
staff-import-out-not-listed = not in the list
staff-import-out-replaced = others moved in
staff-import-no-file = choose a file
staff-import-over = this dry run is over; upload the file again

# refusals
staff-refused-title = That does not work now
staff-refused-back = Back

# printers
staff-print-on = Print on { $printer }
staff-tell-print-on = Make the slip and print it on { $printer }
staff-tell-show = Make the slip and show it here
staff-card-print-on = Issue a card and print it on { $printer }
staff-badge-print-on = New code, badge printed on { $printer }
staff-print-done = { $printer } has printed it.
staff-print-sent = It was sent to { $printer }, which does not say whether it printed. Look at the paper.
staff-print-away = { $printer } cannot be reached. Is it switched on and plugged in?
staff-print-no-paper = { $printer } says: no paper.
staff-print-cover-open = { $printer } says: its cover is open.
staff-print-offline = { $printer } says: not ready.
staff-print-hung-up = { $printer } stopped in the middle. If part of it is on paper, tear it up.
staff-print-stalled = { $printer } takes nothing now. If part of it is on paper, tear it up.
staff-labels-lead = To cut out and stick on.
staff-labels-none = There is nothing to label yet.
staff-label-qr = QR code of the tracking number
staff-shelf-qr = QR code of the shelf
staff-door-labels = Door labels
staff-door-labels-title = Door labels of { $bank }
staff-shelf-labels = Shelf labels
staff-parcel-label = Parcel label
# A pack of evidence
staff-pack = Evidence
staff-pack-text = A file with everything recorded about this parcel, signed. Whoever gets it can check it without this site. It names the people of this parcel: give it only to those who may know.
staff-pack-compartment-text = What was recorded of this locker in the last 30 days, on one page and as a signed file. You can choose another time there.
staff-pack-get = Download the evidence
staff-pack-everything = Everything that happened
staff-pack-made = Made { $when } by { $by }. Times are those of { $zone }.
staff-pack-head-event = Record
staff-pack-photos = Photos
staff-pack-photos-left-out =
    { $n ->
        [one] One photo of these records is not in this file.
       *[other] { $n } photos of these records are not in this file.
    }
staff-pack-photo = Photo { $n }
staff-pack-check = How to check this
staff-pack-check-text = This page came in a file with the records themselves. The program below says whether anything in that file was changed. It needs no network.
staff-pack-fingerprint = Compare these signs with those on the settings page of the site:
staff-pack-checkpoint = The records are shown to be part of the site's ledger by the checkpoint { $origin } over its first { $size } records.
staff-settings-ledger = Signature of the ledger
staff-settings-ledger-text = What happens here is recorded and signed. Whoever checks a file from here compares these signs with theirs.
staff-settings-ledger-newest = Signed up to record { $size }, { $when }.
staff-settings-ledger-none = Nothing is signed yet.
staff-settings-ledger-key = For programs that watch the ledger:
staff-console-name = the machine's own console
# photos
staff-camera-unnamed = camera { $n }
staff-camera-of-the-screen = camera of the screen
staff-cameras-title = Cameras
staff-cameras-lead = They take photos as evidence. Nothing waits for them, and nobody is recognised by them.
staff-cameras-empty-title = No cameras
staff-cameras-empty = Everything works without. The configuration file names cameras in [[camera]].
staff-cameras-kept = { $n ->
        [one] One photo is kept
       *[other] { $n } photos are kept
    }
staff-cameras-size = { $mb } MB
staff-cameras-size-unknown = their folder cannot be read
staff-cameras-for = People: { $people }. Parcels alone: { $parcels } after their end.
staff-hours-n = { $n } hours
staff-days-n = { $n ->
        [one] 1 day
       *[other] { $n } days
    }
staff-camera-answers = answers
staff-camera-silent = no photos
staff-camera-not-here = not configured
staff-camera-fault-silent = It does not answer. Check its power and its line.
staff-camera-fault-no-picture = It answers something that is no whole picture. Check its address and its settings.
staff-camera-fault-password-refused = It refuses user and password. Check both, on the camera and in the configuration, then start the site anew: a refused password is not told again.
staff-camera-fault-not-permitted = Its user may not see its picture. Give the user that right on the camera.
staff-camera-fault-blocked = It is blocked for a while after a wrong password. Check the password.
staff-camera-fault-busy = Too many look at it at once. End other viewers.
staff-camera-fault-sent-elsewhere = It sends us elsewhere, which is not followed. Configure the address it should be asked at.
staff-camera-fault-wrong-address = It has no picture at the configured address.
staff-camera-fault-no-past = It kept no picture of that moment.
staff-camera-fault-certificate-expired = Its certificate has expired. Renew it on the camera, then pin the new one.
staff-camera-fault-certificate-unknown = It shows another certificate than the pinned one. Pin the new one if the camera got one; else look who answers.
staff-camera-fault-unsupported = It cannot be asked safely, or has not what is asked for. The site's trace says which.
staff-camera-fault-vendor = It refuses with its code { $code }. Its manual says why.
staff-camera-sees = Looks at
staff-camera-sees-bank = the front of { $bank }
staff-camera-sees-kiosk = whoever stands at { $kiosk }
staff-camera-sees-door = whoever stands at { $door }
staff-camera-sees-inside = the room behind { $door }, from within
staff-camera-sees-desk = the desk
staff-camera-view = In view
staff-camera-view-people = people
staff-camera-view-parcels = parcels alone
staff-camera-answered = Last answer
staff-camera-still = Last photo kept
staff-camera-errors = Failures of the last { $n } requests
staff-camera-error-rate = { $failed } ({ $percent } %)
staff-camera-clock = Its clock
staff-camera-clock-right = agrees with ours
staff-camera-clock-ahead = { $seconds } s ahead of ours
staff-camera-clock-behind = { $seconds } s behind ours
staff-camera-clock-none = shows none
staff-photos = Photos
staff-photo-n = Photo { $n }
staff-photo-open = Open photo { $n }: { $why }
staff-photo-hint = Opening a photo is recorded with your name.
staff-photo-viewed-now = That you look at it was recorded.
staff-photo-video = One frame of video. A browser shows none; a video player does.
staff-photo-download = Save the frame
staff-photo-why-log-in = a courier logged in
staff-photo-why-deposit = put in
staff-photo-why-collection = taken out
staff-photo-why-denial = somebody was refused
staff-photo-why-forced = a door opened by itself
staff-photo-why-held-open = a door stood open
staff-photo-why-inside = a locker was not empty
staff-photo-why-doubted = the recipient doubts it
staff-photo-why-intake = taken in at the desk
staff-photo-why-hand-over = handed over at the desk
staff-photo-why-entry = somebody may come in
staff-photo-why-opened = the door opened
staff-photo-why-in-room = somebody is inside
staff-photo-why-followed = somebody may have followed
staff-photo-why-rang = somebody rang
staff-photo-why-drop = put down without a scan
staff-photo-why-check-out = carried away from its shelf
staff-photo-taken = Recorded
staff-photo-camera = Camera
staff-photo-reason = Why
staff-photo-kept = Kept until
staff-photo-kept-at-least = at least until its parcel has ended
staff-photo-held = held until { $until }
staff-photo-hash = Its name in the ledger
staff-photo-gone-over = Erased: its time was over.
staff-photo-gone-lost = The picture is not on the disk any more.
staff-photo-changed = The file on the disk is not the one that was recorded.
staff-photo-hold = Keep it longer
staff-photo-hold-lead = A photo that is held is not erased before the day you name.
staff-photo-hold-what = What
staff-photo-hold-alone = This photo alone
staff-photo-hold-parcel = All photos of parcel { $n }
staff-photo-hold-entry = All photos of entry { $n }
staff-photo-hold-until = Until the end of
staff-photo-hold-why = Why
staff-photo-hold-words = In words
staff-photo-hold-do = Hold it
staff-photo-release = End the hold
staff-photo-release-parcel = End the hold of parcel { $n }
staff-photo-release-entry = End the hold of entry { $n }
staff-hold-title = Keep the photos longer
staff-hold-lead = All its photos are then kept until the day you name, those to come too.
staff-hold-all = Hold all its photos
staff-hold-again = Change the hold
staff-hold-until = Held until { $until }: { $reason }
staff-hold-police = police or court
staff-hold-claim = a claim on insurance or carrier
staff-hold-dispute = a dispute with a recipient
staff-hold-other = another reason
staff-invalid-day = Write a day to come as 2026-12-31.
staff-invalid-hold-words = Say in words why it is held.
staff-photos-kept-hint = Photos of parcels alone are kept until 30 days after their end.

staff-nav-passages = Doors
staff-said-ring-refused = They were refused. The door stays shut for them.
staff-head-passage = Door
staff-head-mode = Mode
staff-head-last-entry = Last entry
staff-head-left-there = Left there
staff-head-opens = Opens
staff-passages-title = Doors
staff-passages-lead = How each stands, and who came in last. Going out is free at every door, without this program.
staff-passages-empty-title = No doors yet
staff-passages-empty = Add the doors couriers come in by: the entrance of the building, the package room.
staff-passage-new = Add a door
staff-passage-change = Change what it is
staff-passage-remove = Remove this door
staff-passage-remove-question = No code opens it from now on, and passes for this door alone end. What happened at it is kept. If the configuration file names it, take it out there first: otherwise the next start puts it up again.
staff-passage-name = What people call it
staff-passage-kind = Kind
staff-passage-kind-entrance = entrance of the building
staff-passage-kind-room = door of a package room
staff-passage-kind-bank-room = door of a room with lockers
staff-passage-has-contact = A contact tells whether it is open
staff-passage-has-exit = A contact tells that somebody goes out
staff-passage-no-exit = Nothing tells that somebody goes out
staff-passage-has-reader = A reader, a keypad or a kiosk is at it
staff-passage-behind = Behind it
staff-passage-behind-nothing = no lockers or shelves
staff-passage-tells = What it tells
staff-passage-egress = From inside it always opens
staff-passage-unreadable = cannot be read
staff-passage-shut = shut
staff-passage-open = open since { $since }
staff-passage-held = open too long
staff-passage-forced = may have been forced
staff-passage-tampered = reader opened
staff-passage-silent = does not answer
staff-passage-no-contact = Nothing tells whether it is open
staff-passage-open-to-all = open to all now
staff-passage-mode = Mode
staff-passage-mode-locked = Locked, opens by code
staff-passage-mode-scheduled = Open to all in its hours
staff-passage-mode-closed = Closed to couriers
staff-passage-hours-hint = The hours count for a door that is open to all in its hours. On holidays it stays locked.
staff-passage-let-in = Let somebody in
staff-passage-let-in-hint = The lock is released once, for a few seconds. It is recorded who did it and why.
staff-passage-let-in-do = Release the door once
staff-passage-no-photos = No photo of this door in the last day.
staff-passage-rings = Somebody rings
staff-passage-rings-for = To { $unit }, without a code. An answer counts until { $until }. Look at the photos below.
staff-passage-rules = Rules for all doors
staff-passage-rules-lead = The night, people without a code, how long a door may stand open, holidays.
staff-passage-rules-doors = Codes and hours
staff-passage-hold = The lock is released for, in seconds
staff-passage-held-after = A door is open too long after, in seconds
staff-passage-long-after = Others may have followed when a door is open after, in seconds
staff-passage-inside = A courier is expected out after, in minutes
staff-passage-still = While somebody is in a room with a camera, one photo every so many seconds
staff-passage-still-hint = 5 to 600. Empty: none. At most 30 of each entry, and none while the disk is nearly full.
staff-no-code = Who comes without a code
staff-no-code-off = sees the help line
staff-no-code-yes = rings, and somebody says yes
staff-no-code-parcel = comes in for one parcel, so many times an hour; after that somebody must say yes
staff-no-code-an-hour = For one parcel, at most so many an hour and door
staff-late = Couriers in the night
staff-late-refuse = are not let in; they may ring
staff-late-tell = are let in, and staff get a task
staff-late-hours = These are the hours of the night. Without a day there is no rule for the night.
staff-night-site = as at all doors
staff-night-none = no rule at this door
staff-night-own = { $rule }: { $hours }
staff-night-hint = For a door of its own: another building, another night. The hours count where couriers are not let in or staff get a task; without a day no night comes at this door.
staff-holidays = Holidays
staff-holidays-days = Days on which no door is open by its hours
staff-holidays-hint = One a line, as 2026-12-25.
staff-invalid-holiday = “{ $day }” is no day; write days as 2026-12-25
staff-invalid-doors = choose at least one door
staff-window-n = Hours { $n }
staff-opens-doors = Opens these doors
staff-opens-none = no doors
staff-ring-look = Look who it is
staff-kiosk-doors = Stands at
staff-kiosk-doors-change = Doors it stands at
staff-entries-title = Entries
staff-entries-lead = { $n ->
        [one] 1 entry is shown.
       *[other] { $n } entries are shown.
    }
staff-entries-day = Day
staff-entries-days = Days
staff-entries-show = Show
staff-entries-all-doors = all doors
staff-entries-day-before = Day before
staff-entries-day-after = Day after
staff-entries-empty-title = Nobody came in
staff-entries-empty = No entry was recorded on this day.
staff-entry-n = Entry { $n }
staff-entry-code = Came in by
staff-entry-began = Let in
staff-entry-opened = Door opened
staff-entry-closed = Door shut behind them
staff-entry-odd = What was odd
staff-entry-nothing-odd = nothing
staff-entry-no-visit = They did not log in at a kiosk
staff-entry-no-photos = There is no photo of this entry.
staff-entry-stills = In the room
staff-entry-deposits = { $n ->
        [0] no parcel
        [one] 1 parcel
       *[other] { $n } parcels
    }
staff-not-seen = not seen
staff-entry-how-goes-on = goes on
staff-entry-how-passed = went in
staff-entry-how-left = went in and left again
staff-entry-how-not-seen-leaving = was not seen to leave
staff-entry-how-not-opened = nobody went in
staff-entry-how-unknown = nobody knows
staff-odd-no-deposit = left no parcel
staff-odd-open-long = door open long
staff-odd-second-code = a second code meanwhile
staff-odd-two-doors = one code at two doors
staff-odd-no-exit = not seen to leave
staff-entry-found-since = found since
staff-odd-left-with-more = may have left with more
staff-entrant-courier = a courier of { $who }
staff-entrant-pass = the holder of a pass
staff-entrant-pass-to = the holder of a pass, to { $who }
staff-entrant-resident = { $who }
staff-entrant-staff = somebody { $who } let in
staff-entrant-rang = somebody who rang, to { $who }
staff-entrant-parcel = somebody with one parcel for { $who }
staff-entrant-open = anyone, in its open hours
staff-entrant-unknown = somebody
staff-passes-title = Passes
staff-passes-lead = A pass opens each of its doors once. After the first door it opens the others for { $minutes } minutes, then it ends. It opens no locker.
staff-passes-empty-title = No passes
staff-passes-empty = Make one for a visitor or for one delivery.
staff-pass-new = Make a pass
staff-pass-new-do = Make the pass
staff-pass-for = For
staff-pass-visitor = visitor
staff-pass-delivery = one delivery
staff-pass-unit = Apartment they come to
staff-pass-unit-hint = Its label or keypad number. May stay empty.
staff-pass-end = End
staff-pass-end-question = It opens nothing from now on.
staff-pass-issued = A pass
staff-pass-once = It is shown this once. Print it or pass it on now.
staff-pass-digits = To type at the door
staff-pass-qr = The pass as a picture to scan
staff-pass-line = { $n ->
        [one] Opens { $doors } once, until { $until }
       *[other] Opens { $doors }, each once and all within { $minutes } minutes, until { $until }
    }

# which lock opens which door

staff-wiring = Test the wiring
staff-wiring-title = Wiring of { $bank }
staff-wiring-none-title = No lock board drives this bank
staff-wiring-none = Its compartments are not named under any bus of the configuration file. Name them there and start again.
staff-wiring-how-1 = Stand before the bank. The test springs one lock at a time.
staff-wiring-how-2 = Say which door opened, then push it shut.
staff-wiring-how-3 = At the end, keep what was found: swapped and shifted locks and turned contacts are put right.
staff-wiring-meanwhile = During the test nobody is sent to this bank with a parcel. You can stop and go on later.
staff-wiring-occupied = Parcels are inside { $doors }. A wrong wire may open any of these doors: stay before the bank.
staff-wiring-told = I know, and I stay here
staff-wiring-begin = Begin the test
staff-wiring-go-on = Go on, { $n } of { $all } tried
staff-wiring-anew = Begin anew
staff-wiring-now = As it is known now
staff-wiring-version = Version { $n }, { $hash }
staff-wiring-changed = Put right by the last test: { $doors }
staff-wiring-all-known = Every lock of this bank is known.
staff-wiring-unproven = Out of service, since nobody knows what their locks open: { $doors }. Look at the wires, then test again.
staff-wiring-progress = { $n } of { $all } locks tried
staff-wiring-next = Next lock
staff-wiring-shut-first = Push every open door shut first.
staff-wiring-try = Spring the lock of { $door }
staff-wiring-full = A parcel is inside { $door }. It stays where it is; push the door shut again.
staff-wiring-try-full = Spring the lock of { $door } all the same
staff-wiring-back = Back
staff-wiring-skip = Leave out
staff-wiring-question = Which door opened?
staff-wiring-pulsed = The lock taken for { $door } was sprung.
staff-wiring-yes = Door { $door } opened
staff-wiring-nothing = Nothing opened
staff-wiring-several = Several opened
staff-wiring-tap = Another one: tap it in the picture, or choose its number below.
staff-wiring-other = Another door
staff-wiring-door = Door { $door }
staff-wiring-sure = Did door { $door } open?
staff-wiring-no = No, another
staff-wiring-found = What was found so far
staff-wiring-right = { $n ->
    [one] One lock is understood.
   *[other] { $n } locks are understood.
  }
staff-wiring-put-right = This is put right when you keep it:
staff-wiring-swapped = { $one } and { $other } are swapped.
staff-wiring-shifted-up = The row is shifted: each lock opens the door { $n } further on.
staff-wiring-shifted-down = The row is shifted: each lock opens the door { $n } further back.
staff-wiring-turned = The contact is the other way round: { $doors }
staff-wiring-order = The board sends its status bytes in the other order.
staff-wiring-apart = The contact is on another input than the lock: { $doors }
staff-wiring-faults = No map puts this right. If you keep it as it is, these go out of service:
staff-wiring-again = Try { $door } again
staff-wiring-fault-nothing = { $door }: nothing opened. Look at the coil, its wire and the supply.
staff-wiring-fault-several = { $door }: several doors opened. Look whether two locks share a wire, or two boards an address.
staff-wiring-fault-same-door = { $door }: it opens door { $other }, and so does another lock.
staff-wiring-fault-no-contact = { $door }: the door opened and no contact moved. Look at the contact and its wire.
staff-wiring-fault-elsewhere = { $door }: the contact that moved is on another board, at { $other }.
staff-wiring-fault-same-contact = { $door }: door { $other } moves the same contact.
staff-wiring-fault-contacts = { $door }: more than one contact moved. Shut all doors and try again.
staff-wiring-all-tried = Every lock was tried.
staff-wiring-keep = Keep what was found
staff-wiring-stop = Stop for now
staff-said-wiring-kept = The wiring is kept. Every opening goes by it from now on.
staff-said-wiring-stopped = The test is stopped. What was found is kept for when you go on.

# getting ready
staff-ready = Getting ready
staff-ready-lead = What a site needs before its first parcel. Each step is done when it is so; nothing has to be ticked off.
staff-ready-progress = { $done } of { $all } done
staff-ready-next = Next: { $step }
staff-ready-all = All steps
staff-ready-skip = Skip for now
staff-ready-resume = Not skipped
staff-ready-hide = Do not remind me
staff-ready-hide-question = The card goes away. The steps stay under Settings.
staff-ready-remind = Remind me on the start page
staff-ready-is-done = done
staff-ready-is-not-needed = not needed here
staff-ready-is-open = to do
staff-ready-is-skipped = skipped
staff-ready-first-title = Ready for the first parcel
staff-ready-first = Go to the screen with a courier code and put something in for yourself. Your code comes by mail.
staff-ready-first-go = Kiosks
staff-ready-units = Apartments and residents
staff-ready-units-what = A list as your property software writes it. You see what it would change before anything does.
staff-ready-units-go = Import a list
staff-ready-places = Lockers or shelves
staff-ready-places-what = Draw the bank as it hangs on the wall. A site with shelves alone works too.
staff-ready-places-go = Draw a bank
staff-ready-shelf-go = Shelves
staff-ready-connection = How phones and kiosks reach this site
staff-ready-connection-what = Phones, tablets and other desks come in by TLS.
staff-ready-connection-go = Connection
staff-ready-connection-proxy = By a reverse proxy, which ends TLS.
staff-ready-connection-domain = By TLS, with a certificate for a domain of yours.
staff-ready-wiring = Wiring test
staff-ready-wiring-what = With a phone in front of the bank: one lock at a time, and you say which door opened.
staff-ready-wiring-go = Test the wiring
staff-ready-kiosk = Screen at the lockers
staff-ready-kiosk-what = A tablet or touch screen where couriers and residents stand. Pairing makes it this site's.
staff-ready-kiosk-go = Pair a kiosk
staff-ready-mail = Test mail
staff-ready-mail-what = Residents get their codes by mail. A mail to yourself shows that it leaves here.
staff-ready-mail-go = Send a test mail
staff-ready-mail-lead = To { $to }. It goes the way of every message to residents.
staff-ready-couriers = Courier codes and poster
staff-ready-couriers-what = A code for each company that delivers, and a poster beside the lockers that says how.
staff-ready-couriers-go = Courier codes
staff-test-mail-do = Send me a test mail
staff-test-mail-again = Send another
staff-test-mail-server = Mail server: { $server }
staff-test-mail-none = No mail server is configured. Write this into the configuration file, with your server's words, and start the site again.
staff-test-mail-waits = On its way since { $when }
staff-test-mail-not-yet = Asked for at { $when } and not taken yet. It is tried again by itself, at most five minutes apart.
staff-test-mail-late = Asked for at { $when } and still not taken. It goes on being tried; put right what the server says, then send another.
staff-test-mail-taken-title = The mail server took it at { $when }
staff-test-mail-taken = Look into your mailbox. If nothing is there after a few minutes, look among the unwanted mail.
staff-test-mail-refused = The mail server will not take it for your address.
staff-test-mail-no-address = Your account has no address that can be written to.
staff-test-mail-said = The mail server

# how the site is reached
staff-connection = Connection
staff-way-machine = By http, from this machine alone.
staff-way-proxy = By a reverse proxy on this machine, which ends TLS.
staff-way-proxies = By a reverse proxy at { $addresses }, which ends TLS. Nobody else is served.
staff-way-files = By TLS, with the certificate of the configuration file. It is read anew when its file changes.
staff-way-own = By TLS, with a certificate of this site's own authority. Each device trusts it once.
staff-way-domain = By TLS, with a certificate for { $domains } that an authority gives and that is renewed by itself.
staff-way-plain = The proxy says that this page came to it in the clear. Have it send everybody on to https.
staff-off-title = What is off, and why
staff-off-nothing = Nothing is off.
staff-off-others = No other machine reaches the site: phones, tablets and other desks need TLS. A kiosk on this machine works.
staff-off-trust = The domain has no certificate that holds: devices warn until there is one, or trust this site's own authority.
staff-off-camera = Browsers give no camera to a page that came without TLS: labels are scanned with a scanner or typed.
staff-off-links = Messages carry no link, because public_url is not set. They are complete without it.
staff-trust-title = Trust on other devices
staff-trust-how = Scan this with a phone, or open it there. The phone warns once, because it does not know the site yet; compare the fingerprint below with the one it shows.
staff-trust-qr = QR code of the page that installs the certificate
staff-trust-fingerprint = Fingerprint (SHA-256)
staff-acme-title = Certificate of the domain
staff-acme-held = Certificate
staff-acme-held-none = None yet
staff-acme-held-until = Holds until { $date }
staff-acme-held-over = Has ended on { $date }
staff-acme-window = Renewal as the authority suggests it
staff-acme-window-when = Between { $from } and { $until }.
staff-acme-window-why = It says why at { $page }
staff-acme-last = Last try
staff-acme-last-none = None yet
staff-acme-last-had = { $when }: a certificate was had
staff-acme-last-failed = { $when }: it failed
staff-acme-next = Next try
staff-acme-next-now = Now
staff-acme-next-clock = When the clock is right: until then nobody can say which certificate holds
staff-acme-next-at = { $when }
staff-acme-said = What was said
staff-acme-try = Try now
staff-acme-meanwhile = Until then the site shows a certificate of its own authority. Devices that are to work today trust it here:
staff-acme-why-unreachable = { $authority } was not reached: this site has no line to the internet, or its name service does not answer. The site works on; it is tried again by itself.
staff-acme-why-rate-limited = { $authority } was asked too often and wants to be left alone for a while. It is tried again by itself.
staff-acme-why-no-address = Nobody finds { $domain } on the internet. Enter this site's public address at whoever keeps your domain (records A and AAAA), then try again.
staff-acme-why-not-reached = { $authority } does not reach this site at { $domain }. The router must pass port 80 (with http_listen) or port 443 on to this machine, and the domain's address must be the router's.
staff-acme-why-somebody-else = Something else answers at { $domain }. Its address must be that of this site, and no proxy may stand between.
staff-acme-why-not-for-domain = { $authority } gives no certificates for { $domain }. Look at the name in the configuration file, and at the domain's CAA record.
staff-acme-why-account = { $authority } does not know this site's account, or wants something more of it. The next try makes a new account.
staff-acme-why-slow = { $authority } did not come to an end. It is tried again by itself.
staff-acme-why-refused = { $authority } said no.
staff-acme-why-wrong-certificate = { $authority } gave a certificate that is not for this site. It is not used.
staff-acme-why-here = This machine could not do it: look at the disk and at the rights of the data folder.
staff-ways-title = Ways to be reached
staff-ways = Each is a few lines of the configuration file; the site starts again with them.
staff-ways-machine = This machine alone, for a kiosk on it
staff-ways-domain = A domain of yours: the site gets its certificate itself
staff-ways-files = A certificate you have
staff-ways-proxy = A reverse proxy in front
staff-ways-own = An authority made by the site itself
