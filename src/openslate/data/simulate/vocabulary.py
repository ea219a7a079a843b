"""The words that titles are made of, genre by genre; `names` puts them together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """What titles of one genre talk about.

    Attributes:
        adjectives: for `The Patient Orchard`.
        nouns: for `The Patient Orchard` and `The Ferry of Saltmere`.
        plurals: for `Eleven Lanterns` and `Lanterns and Thunder`.
        tails: for `The Orchard of ...`.
        words: titles of a single word.
        starts: first halves of made-up compounds such as `Saltglass`.
        ends: second halves of them.
    """

    adjectives: list[str]
    nouns: list[str]
    plurals: list[str]
    tails: list[str]
    words: list[str]
    starts: list[str]
    ends: list[str]


def _vocabulary(
    adjectives: str, nouns: str, plurals: str, tails: str, words: str, starts: str, ends: str
) -> Vocabulary:
    lists = (adjectives, nouns, plurals, tails, words, starts, ends)
    return Vocabulary(*([part.strip() for part in text.split(",")] for text in lists))


VOCABULARIES: dict[str, Vocabulary] = {
    "Drama": _vocabulary(
        "Borrowed, Unsent, Ordinary, Patient, Unfinished, Careful, Rented, Tender, Slow, Inherited, Mended, Half-Lit",
        "Orchard, Kitchen, Inheritance, Ferry, Windowsill, Harvest, Ledger, Spare Room, Tideline, Garden Wall, Recital",
        "Daughters, Neighbours, Summers, Departures, Letters, Brothers, Apologies, Winters, Orchards, Sundays",
        "Small Mercies, Late Summer, Other People, Plain Speech, Long Patience, the Lower Town, Ordinary Weather",
        "Fallow, Lowtide, Homecomers, Afterlight, Kindred, Mending, Tenancy, Leavetaking, Silt, Godparents",
        "Salt, Slow, After, Low, Corn, Wind, Ash, Hearth, Far",
        "field, light, water, fold, keeping, song, glass, house",
    ),
    "Comedy": _vocabulary(
        "Reluctant, Slightly Damp, Wrong, Enormous, Accidental, Semi-Detached, Unpaid, Overconfident, Discount, Spare",
        "Best Man, Landlord, Wedding Caterer, Lottery, Nephew, Parking Space, Committee, Trombone, Lodger, Raffle",
        "Goats, Bridesmaids, Landlords, Uncles, Casseroles, Excuses, Caravans, Ex-Husbands, Flatmates, Dentists",
        "Bad Timing, Minor Disasters, Loose Change, Good Intentions, the Third Floor, Doubtful Advice",
        "Overdrawn, Plus-Twos, Buffet, Misdelivered, Housewarmers, Backpedal, Shortlisted, Nonrefundable, Chairperson",
        "Spare, Double, Under, Side, Half, Back, Free, Tea",
        "booked, hustle, wash, shift, board, table, luck, parking",
    ),
    "Thriller": _vocabulary(
        "Soundless, Second, Hollow, Sealed, Counterfeit, Burning, Blind, Unlisted, Severed, Forged, Midnight",
        "Courier, Witness, Corridor, Protocol, Passenger, Frequency, Extraction, Signature, Switchboard, Border, Alibi",
        "Strangers, Exits, Signals, Passports, Shadows, Witnesses, Couriers, Floors, Alarms, Lies",
        "Last Resort, False Names, Broken Glass, the Ninth Floor, Open Water, No Return, Cold Hands",
        "Doublebolted, Undertide, Safehouse, Crosswire, Wiretapped, Backchannel, Dead Reckoner, Aftershift, Stray",
        "Cold, Dark, Still, Glass, Night, Cross, Trip, Black",
        "wire, line, drop, lock, frame, cord, signal, count",
    ),
    "Crime": _vocabulary(
        "Honest, Dirty, Northern, Crooked, Quiet, Bitter, Unmarked, Harbour, Second-Hand, Cold, Loyal",
        "Informant, Harbourmaster, Ledger, Locksmith, Coroner, Weighbridge, Precinct, Pawnbroker, Widow, Magistrate",
        "Debts, Burglars, Alibis, Fences, Brothers-in-Law, Locksmiths, Favours, Widows, Badges, Confessions",
        "Thin Ice, Bad Debts, Dock Street, Unclean Hands, Old Favours, Borrowed Money, the East Pier",
        "Grafting, Racketeers, Kickback, Deposition, Hushmoney, Inquest, Bagmen, Dockside, Plea Hour, Shakedowns",
        "Coal, Dock, Stone, Rust, Iron, Tar, Cold, Hush",
        "side, money, yard, ward, street, trade, file, mark",
    ),
    "Romance": _vocabulary(
        "Late, Unexpected, Secondhand, Impossible, Long-Distance, Almost, Tidal, Summer, Accidental, Practical",
        "Proposal, Bakery, Dance Card, Lighthouse, Love Letter, Florist, Timetable, Violinist, Vineyard, Postcard",
        "Valentines, Love Letters, Seasons, Dances, Proposals, Weekends, Harbours, Detours, Promises, Stopovers",
        "Second Chances, Slow Dances, Early June, Two Minds, the Rose Arcade, Missed Trains, Warm Rain",
        "Smitten-ish, Plus-One, Bouquet, Heartfelt, Rendezvous-sur-Mer, Honeywine, Tandem, Encore, Courting, Bluebell",
        "Honey, Plum, Heart, Rose, Summer, Sweet, Star, Lemon",
        "lane, letters, garden, harbour, light, bloom, tide, days",
    ),
    "Science fiction": _vocabulary(
        "Orbital, Synthetic, Distant, Recursive, Second, Last, Weightless, Amber, Quiet, Unmanned, Parallel",
        "Colony, Signal, Archive, Airlock, Cartographer, Engine, Horizon, Automaton, Terraformer, Observatory, Echo",
        "Moons, Androids, Signals, Orbits, Machines, Colonies, Suns, Probes, Sleepers, Replicas",
        "Lost Orbits, Borrowed Light, the Seventh Moon, Artificial Rain, Empty Space, Perfect Memory, Slow Time",
        "Perigee, Redshifted, Aphelion, Null, Heliopause, Substrate, Terminus Nine, Sidereal, Overclock, Lacuna",
        "Astro, Void, Chrome, Helio, Cryo, Neuro, Deep, Zero",
        "fall, drift, born, gate, mind, forge, shift, wake",
    ),
    "Fantasy": _vocabulary(
        "Thorned, Ember, Wandering, Silver, Forgotten, Crownless, Woven, Sleeping, Winter, Gilded, Hollow",
        "Crown, Witch, Tower, Weaver, Oath, Stag, River King, Bellfounder, Gate, Dragonkeeper, Map, Wolf Queen",
        "Crowns, Ravens, Oaths, Witches, Kings, Giants, Thorns, Lanterns, Spells, Wolves",
        "Ash and Honey, the Ninth Gate, Whispering Stone, the Drowned Kings, Borrowed Magic, Old Bargains",
        "Thornwise, Wyrmling, Hexenmoor, Oathbound, Runekeep, Spellbroken, Hollowking, Faewick, Mirrorwood, Emberling",
        "Thorn, Ember, Raven, Willow, Frost, Oak, Storm, Silver",
        "crown, wood, song, bound, keep, weaver, mere, blade",
    ),
    "Horror": _vocabulary(
        "Hungry, Pale, Crawling, Unburied, Rotten, Breathing, Nameless, Wet, Stitched, Whispering, Empty",
        "Cellar, Nursery, Well, Guest, Scarecrow, Attic, Congregation, Puppeteer, Lullaby, Taxidermist, Pond, Door",
        "Teeth, Dolls, Moths, Hands, Graves, Faces, Crows, Masks, Lullabies, Visitors",
        "Bad Earth, the Wet Cellar, Quiet Children, Black Milk, the Last House, Shut Eyes, Old Teeth",
        "Mouthless, Gravesoil, Rawbone, Moulder, Nightfeed, Wither, Unskinned, Marrowdeep, Husk, Creaks",
        "Grave, Bone, Blood, Night, Dread, Worm, Crow, Hollow",
        "mouth, bed, house, song, feast, wick, root, bell",
    ),
    "Adventure": _vocabulary(
        "Lost, Uncharted, Copper, Runaway, Northernmost, Restless, Hidden, Fearless, Drifting, Thousandth",
        "Expedition, Compass, Caravan, Summit, Lagoon, Airship, Smuggler, Glacier, Monsoon, Treasure, Skipper",
        "Islands, Maps, Rapids, Summits, Explorers, Horizons, Rivers, Sails, Oceans, Trails",
        "High Passes, the Salt Desert, Seven Winds, the Emerald Delta, Lost Maps, Rough Water",
        "Landfall, Portage, Windjammers, Basecamp, Wayfarers, Sandstorming, Castoff, Outrigger, Trailhead, Wanderbound",
        "Wild, Storm, Sun, River, Wind, Trail, Reef, Cloud",
        "runners, bound, chasers, crossing, point, riders, seekers, breakers",
    ),
    "Documentary": _vocabulary(
        "Secret, Hidden, Shared, Vanishing, Everyday, Unwritten, Living, Invisible, Edible, Public",
        "Reef, River, Factory, Archive, Forest, Assembly Line, Library, Market, Glacier, Orchestra, Soil, Playground",
        "Bees, Rivers, Bridges, Voices, Glaciers, Trains, Migrations, Recipes, Harbours, Kitchens",
        "Clay, Common Ground, Deep Time, Salt, Moving Water, Honest Work, Bread",
        "Watershed, Understory, Groundwork, Sediment, Flyway, Loomwork, Permafrosted, Harvesters, Commons, Pollen",
        "Under, Water, Ground, Hand, Air, Root, Sea, Earth",
        "work, lines, ways, made, shed, story, craft, marks",
    ),
    "Family": _vocabulary(
        "Magnificent, Tiny, Invisible, Upside-Down, Marvellous, Forgetful, Extra, Polka-Dot, Runaway, Snowy",
        "Penguin, Treehouse, Grandmother, Submarine, Puppy, Hedgehog, Pancake, Rocket, Marching Band, Dinosaur, Otter",
        "Penguins, Pirates, Kittens, Grandmas, Robots, Pancakes, Dragons, Snowmen, Otters, Inventors",
        "Lost Socks, Big Ideas, the Jumping Moon, Tiny Kings, Odd Boots, Buttons",
        "Wobblers, Hullabaloons, Snufflet, Pebblekins, Wigglesworthy, Zoomies, Bumblefoot, Splosh, Quackers, Tumblekin",
        "Bumble, Puddle, Button, Bubble, Snow, Paper, Moon, Jelly",
        "town, tails, patrol, whiskers, boat, foot, bots, school",
    ),
    "History": _vocabulary(
        "Imperial, Exiled, Last, Iron, Uncrowned, Provincial, Royal, Burnt, Winter, Forgotten",
        "Regent, Armada, Envoy, Cartographer, Regiment, Court Painter, Siege, Printing House, Abbess, Governor, Treaty",
        "Regents, Empires, Muskets, Envoys, Sieges, Crowns, Pamphlets, Treaties, Cavaliers, Weavers",
        "the Two Rivers, Powder and Silk, the Salt Tax, the Iron Winter, Paper Crowns, the Old Republic",
        "Interregna, Usurpers, Plague Year, Regicides, Vassal, Parliamentum, Tithe, Bulwark, Courtiers, Ironclads",
        "King, Powder, Iron, Banner, Crown, Gold, Sword, Flint",
        "bearers, mill, guard, field, makers, road, hall, march",
    ),
    "Mystery": _vocabulary(
        "Missing, Locked, Thirteenth, Curious, Misplaced, Unsigned, Velvet, Vanished, Stopped, Poisoned",
        "Clockmaker, Portrait, Sleeper Car, Lamplighter, Chess Problem, Greenhouse, Manuscript, Wardrobe, Key",
        "Clues, Keys, Suspects, Portraits, Teacups, Clocks, Riddles, Gloves, Footprints, Guests",
        "Red Herrings, the Locked Wing, Uncertain Hours, Two Umbrellas, the Sixth Guest, Invisible Ink",
        "Ciphered, Foxglove Hall, Conundrums, Whereabouts, Sleights, Nightshade Lane, Anagram, Enigmata, Marginalia",
        "Fog, Clue, Mist, Fox, Ink, Clock, Cipher, Lamp",
        "glove, lane, house, hall, key, wick, case, bridge",
    ),
    "Music": _vocabulary(
        "Broken, Electric, Minor, Unplugged, Velvet, Forgotten, Last, Borrowed, Midnight, Brass",
        "Encore, Choirmaster, Jukebox, Cello, Tour Bus, Backing Singer, Dance Hall, Rehearsal, Saxophone, Refrain",
        "Trumpets, Choirs, Encores, Ballads, Drummers, Chords, Records, Sopranos, Rehearsals, Strings",
        "the Blue Ballroom, Minor Keys, Loud Hearts, Three Chords, the Back Row, Old Vinyl",
        "Offbeats, Crescendist, Sidemen, Refrains, Feedbacker, Falsetto, Backline, Upstroke, Cadenza Road, Overdub",
        "Blue, Horn, Echo, Brass, Soul, Reed, Silver, Vinyl",
        "beat, note, strings, hall, tone, stage, line, room",
    ),
}
