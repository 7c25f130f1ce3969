# The page behind a person's link: what happened to their parcels.

link-told = What happened to your parcels
link-told-lead = The last 30 days. The links of your household show the parcels that are for you all; no other household sees them.
link-told-nothing = Nothing came for you in the last 30 days.
link-told-show = Show what happened
link-told-parcel = A parcel
link-told-parcel-of = Parcel from { $carrier }
link-told-is-waiting = waits
link-told-is-collected = collected
link-told-is-back = went back
link-told-is-missing = missing
link-told-is-given-up = given up
link-told-put-door = Put into { $door }
link-told-put-shelf = Put on shelf { $shelf }
link-told-put-area = Put down: { $place }
link-told-put-staff = Taken in by staff
link-told-by-staff = By staff.
link-told-by-courier = By the courier.
link-told-opened-you = { $door } was opened with { $means ->
    [code] your code
    [card] your card
   *[either] your code or card
 }
link-told-opened-household = { $door } was opened by { $who }
link-told-opened-somebody = { $door } was opened by somebody the parcel was addressed to by mistake
link-told-opened-courier = { $door } was opened by the courier ({ $carrier })
link-told-opened-staff = { $door } was opened by staff
link-told-to-put = To put another parcel in
link-told-opened-key = { $door } was opened by staff with the mechanical key
link-told-opened-forced = { $door } opened, and nothing explains it
link-told-forced-what = Staff were told at once.
link-told-explained = { $door }: staff said who had opened it with the mechanical key
link-told-stood-open = { $door } stood open for too long
link-told-disowned-you = You said that it is not yours
link-told-disowned-household = { $who } said that it is not theirs
link-told-disowned-somebody = Somebody it was addressed to by mistake said that it is not theirs
link-told-collected-you = You took it
link-told-collected-household = { $who } took it
link-told-collected-somebody = Somebody took it who it was addressed to by mistake
link-told-of-household = somebody of your household
link-told-at = At { $kiosk }.
link-told-at-kiosk = At the screen.
link-told-back = It went back to its carrier
link-told-missing = It was not where it should be
link-told-given-up = The search for it was given up
link-told-erased = Photos of it were erased: their time was over.
