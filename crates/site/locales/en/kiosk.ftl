# What kiosks say. Short, calm, one thing at a time.

kiosk-title-start = Parcels
kiosk-title-help = Help
kiosk-title-pick-up = Pick up
kiosk-title-deliver = Deliver
kiosk-title-address = Next parcel
kiosk-title-letters = Search a name
kiosk-title-choose = Who is it for?
kiosk-title-confirm = Is this right?
kiosk-title-other-house = For another house
kiosk-title-name-on-label = Name on the label
kiosk-title-size = Which size?
kiosk-title-opening = A door is opening
kiosk-title-jammed = The door is stuck
kiosk-title-deposit = A door is open
kiosk-title-elsewhere = Put it here
kiosk-title-waiting = One moment
kiosk-title-resting = Welcome back
kiosk-title-list = Your parcels
kiosk-title-fix-what = Put one right
kiosk-title-fix-code = Your code again
kiosk-title-beside-code = Your code again
kiosk-title-summary = All done?
kiosk-title-goodbye = Thank you
kiosk-title-collect = A door is open
kiosk-title-rest = Your parcels

kiosk-start = What brings you here?
kiosk-start-lead = Or just hold your code to the scanner.
kiosk-pick-up = Pick up
kiosk-pick-up-note = with your code or card
kiosk-deliver = Deliver
kiosk-deliver-note = for couriers
kiosk-help = Help
kiosk-help-note = if something is wrong
kiosk-back = Back
kiosk-back-to-delivering = Back to delivering
kiosk-to-start = To the start
kiosk-ease = More time and larger text
kiosk-lost = Connection lost. Trying again.
kiosk-help-label = Help
kiosk-lockers = Lockers

kiosk-keypad = Number keys
kiosk-clear = Clear
kiosk-backspace = Delete the last one
kiosk-enter = OK
kiosk-keypad-number = Keypad number
kiosk-keypad-number-hint = It stands in your message, above the PIN.
kiosk-pin = PIN
kiosk-scan-code = Hold your code here
kiosk-scan-code-note = or type the two numbers from your message
kiosk-courier-code = Your 10 digits
kiosk-scan-badge = Hold your badge here
kiosk-scan-badge-note = or type your code

kiosk-help-no-code = No code? Look for the latest message, also in the spam folder. Staff can give you a new one.
kiosk-help-wrong-code = Code not taken? Type it slowly, or hold the QR code from your message to the scanner.
kiosk-help-door = A door does not open? Push it in firmly, then pull.
kiosk-help-courier = Courier without a code? Your company has it, or staff can give you one.

kiosk-next-parcel = Next parcel
kiosk-whose-instead = Who is it for instead?
kiosk-was-for = So far: { $what }
kiosk-scan-label = Scan the label
kiosk-scan-label-note = or type the apartment
kiosk-label-scanned = Label
kiosk-now-apartment = Now the apartment
kiosk-apartment-number = Apartment
kiosk-apartment = Apartment { $what }
kiosk-some-apartment = Apartment
kiosk-in-apartment = in apartment { $what }
kiosk-last-parcel = Done: { $what } is in { $where }.
kiosk-same-again = Same apartment again
kiosk-by-name = By name
kiosk-i-do-not-know = I do not know
kiosk-my-parcels = My parcels ({ $n })
kiosk-resident-here = Resident? Pick up
kiosk-finish = Finish
kiosk-letters = Type the family name
kiosk-letters-lead = Three letters are enough.
kiosk-family-name = Family name
kiosk-choose = Who is it for?
kiosk-more-found = There are more: type more letters, or the apartment.
kiosk-somebody-else = Somebody else
kiosk-another-apartment = Another apartment
kiosk-confirm = { $what } – correct?
kiosk-confirm-who = { $name }, apartment { $unit }
kiosk-confirm-lead = Press the door that fits: that says yes.
kiosk-confirm-label = The label says { $what }. Press the door that fits: that says yes.
kiosk-confirm-others = Or is it for
kiosk-flag-moved-out = Somebody of this name has moved out.
kiosk-flag-looks-like = There is also apartment { $what } here. Look at the label again.
kiosk-flag-no-such-unit = No apartment here is called { $what }.
kiosk-other-house-title = This label is for another house.
kiosk-other-house = This label says { $said } – this is { $here }
kiosk-other-house-lead = Nothing has been taken in yet.
kiosk-take-it-back = Take it back
kiosk-take-it-back-note = You keep the parcel
kiosk-deliver-anyway = Deliver anyway
kiosk-deliver-anyway-note = It is for somebody here
kiosk-name-on-label = What name is on the label?
kiosk-name-on-label-lead = Staff will find out whose it is.
kiosk-name-on-label-field = Name
kiosk-skip = No name
kiosk-staff-will-find-out = staff will find out whose
kiosk-size = Which door fits?
kiosk-free = { $n } free
kiosk-a-bigger-door = a bigger door
kiosk-heavy = It is heavy
kiosk-together = Into door { $what } again
kiosk-put-at = Put it: { $what }

kiosk-door = Door { $what }
kiosk-door-caption = Door
kiosk-spot-door = door { $what }
kiosk-spot-shelf = shelf { $what }
kiosk-spot-desk = the desk
kiosk-spot-take-back = back with you
kiosk-position = { $height ->
    [top] At the top
    [bottom] At the bottom
   *[middle] In the middle
 }, column { $column } of { $columns } from the left.
kiosk-opening = Door { $what } is opening
kiosk-jammed = Push door { $what } in
kiosk-jammed-lead = It is stuck. We try again: { $attempt } of { $of }.
kiosk-jammed-courier = If it stays shut, another door opens.
kiosk-jammed-resident = If it stays shut, your parcel is safe and your code stays good.
kiosk-try-now = Try now
kiosk-put-it-in = Put it in and shut the door
kiosk-open-again-title = Door { $what } is open again
kiosk-bigger = Bigger door
kiosk-another-place = another place
kiosk-open-again = Open again
kiosk-not-left = Not left here
kiosk-inside = Something is inside
kiosk-turned-bigger = Take it out and shut door { $what }
kiosk-turned-bigger-lead = Then you get more room for it.
kiosk-turned-inside = Leave what is inside and shut door { $what }
kiosk-turned-inside-lead = Staff will look. Another door opens for your parcel.
kiosk-turned-not-left = Take it out and shut door { $what }
kiosk-turned-not-left-lead = You keep this parcel; nobody is told.
kiosk-push-shut = Please push door { $what } shut
kiosk-left-open = Door { $what } is open. Please push it shut.
kiosk-strip-open = Door { $what } is open
kiosk-show = Show
kiosk-scan-next = You can scan the next label now.
kiosk-scan-next-short = Next parcel first
kiosk-type-next = Type the next apartment
kiosk-queued = Next: { $what }, { $where }, when this door is shut.
kiosk-board-silent = Some doors cannot be opened right now. Staff have been told.

kiosk-take-it = Take your parcel and shut the door
kiosk-take-them = Take your { $n } parcels and shut the door
kiosk-then-door = Then door { $what } opens.
kiosk-door-of = Door { $n } of { $total }
kiosk-left-inside = Left something inside
kiosk-not-mine = Not mine
kiosk-was-empty = It was empty
kiosk-look-again = Door { $what } is open again
kiosk-look-again-lead = Shut it when you are done.
kiosk-turned-leave = Shut door { $what }
kiosk-turned-leave-lead = What is inside stays yours. Your code stays good.
kiosk-turned-not-mine = Leave it inside and shut door { $what }
kiosk-turned-not-mine-lead = Thank you. Staff will find its owner.
kiosk-turned-empty = Please shut door { $what }
kiosk-turned-empty-lead = We are sorry. Staff look for your parcel and tell you.

kiosk-to-shelf = Put it on shelf { $what }
kiosk-to-shelf-lead = No door fits right now.
kiosk-to-desk = Bring it to the desk
kiosk-to-desk-lead = Staff will scan it there.
kiosk-to-area = Leave it at { $what }
kiosk-to-area-lead = Staff will put it away.
kiosk-take-back = No room: please take it back
kiosk-take-back-lead = Every door and shelf is taken.
kiosk-it-is-there = Done, it is there
kiosk-i-keep-it = I keep it
kiosk-waiting = One moment
kiosk-waiting-lead = The door for your parcel opens as soon as it can.
kiosk-waiting-note = Waiting for the door
kiosk-resting = The power was out for a moment
kiosk-resting-lead = Nothing is lost. Go on where you were?
kiosk-continue = Go on

kiosk-list = Your parcels
kiosk-list-lead = Fix opens a door again or changes the apartment.
kiosk-list-empty = Nothing yet
kiosk-list-empty-text = Parcels you leave here are listed here.
kiosk-fix = Fix
kiosk-too-late = ask staff
kiosk-fix-what = What is wrong with it?
kiosk-fix-reopen = Open door { $what } again
kiosk-fix-readdress = Change the apartment
kiosk-fix-code = Your code again, please
kiosk-fix-code-lead = So that nobody else can do this.
kiosk-fix-will-reopen = Opens { $what }
kiosk-fix-will-readdress = Will be for { $what }
kiosk-parcels = { $n ->
    [one] 1 parcel
   *[other] { $n } parcels
 }
kiosk-doors = { $n ->
    [one] 1 door
   *[other] { $n } doors
 }
kiosk-tally-at = { $n } on { $what }
kiosk-tally-desk = { $n } for the desk
kiosk-summary-text = Everybody is told when you finish.
kiosk-summary-none = No parcels left here
kiosk-everybody-is-told = Everybody is being told. Thank you.
kiosk-thank-you = Thank you
kiosk-nothing-was-left = Nothing was left here.
kiosk-one-more = One more parcel
kiosk-something-wrong = Something wrong?

kiosk-more-for-you = There is more for you
kiosk-collected = { $n ->
    [one] You have 1 parcel so far.
   *[other] You have { $n } parcels so far.
 }
kiosk-all-done = That was everything
kiosk-almost-done = All but this
kiosk-stuck = Door { $what } did not open. Your parcel is safe; staff have been told, and your code stays good.
kiosk-left = Something of yours is still behind door { $what }. Your code stays good.
kiosk-open-door = Open door { $what }
kiosk-parcel-from = Parcel from { $what }
kiosk-a-parcel = A parcel
kiosk-at-desk = Staff hand it to you there
kiosk-at-bank = At { $what }. Use the screen there.
kiosk-at-another-bank = At other lockers. Use the screen there.
kiosk-i-have-it = I have it
kiosk-reopen = Open door { $what } again
kiosk-done = Done

kiosk-more-time = Need more time?
kiosk-ends-in = This visit ends in
kiosk-clears-in = This screen clears in
kiosk-yes-more-time = Yes, more time
kiosk-finish-now = Finish now

kiosk-trouble-damaged = That code could not be read. Please scan it again; if it stays, the scanner's keyboard language is set wrong: tell staff.
kiosk-trouble-other-building = This code is for another building. Your message says where to go.
kiosk-trouble-for-phone = This code is for your phone: open it with the phone's camera.
kiosk-trouble-for-pairing = This code pairs a screen; it opens nothing.
kiosk-trouble-unreadable = That could not be read. Please scan it again.
kiosk-trouble-label-without-courier = That is a parcel label. Couriers: hold your badge here or choose Deliver first.
kiosk-trouble-size-first = Choose a size for this parcel first, then scan the next one.
kiosk-trouble-no-such-apartment = There is no such apartment here. Check the number, or search by name.
kiosk-trouble-taken-back = You keep that parcel. Nothing was taken in.
kiosk-trouble-nobody-found = Nobody of that name is listed here. Try the apartment, or choose "I do not know".
kiosk-trouble-more-letters = Please type at least three letters.
kiosk-trouble-away = One moment please, the site is just starting. Try again.
