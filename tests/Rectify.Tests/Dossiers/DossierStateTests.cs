using CsCheck;
using Rectify.Dossiers;
using Rectify.Evidence;

namespace Rectify.Tests.Dossiers;

/// <summary>What a dossier lacks follows from pieces, requirements and the day: compared with a model that tries every choice of pieces.</summary>
public sealed class DossierStateTests
{
    private static readonly Guid Item = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Measure = new("00000000-0000-0000-0000-00000000000b");
    private static readonly DateOnly Zero = new(2026, 1, 1);

    private static readonly Gen<DateOnly?> Dates = Maybe(Gen.Int[-400, 400]).Select(days => days is { } some ? Zero.AddDays(some) : (DateOnly?)null);

    private static readonly Gen<FiledPiece> Pieces = Gen.Select(
        One("监测报告", "批复", "Plan"), One(PieceKind.Monitoring, PieceKind.Photo), Dates, One("", "市监测站", "某公司"), One("", "一号出水口", "一号 出水口", "二号"),
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 200], Gen.Bool), Gen.Select(One("a", "b", "c"), Gen.Bool, Gen.Bool),
        (title, kind, on, issuer, place, period, rest) => new FiledPiece(
            Guid.NewGuid(), new(title, kind, on, issuer, "", place, null, period.Item3 ? Zero.AddDays(-period.Item1) : null, period.Item3 ? Zero.AddDays(period.Item2 - period.Item1) : null),
            rest.Item1, rest.Item2 ? [Item] : [Measure], rest.Item3));

    private static readonly Gen<Requirement> Asked = Gen.Select(
        One("", "监测、批复"), Gen.Int[1, 3], Gen.Enum<RequiredFrom>(), Gen.Int[0, 40], Gen.Select(Gen.Bool, One("", "监测站")), Gen.Select(Maybe(Gen.Int[1, 12]), Maybe(Gen.Int[1, 6])), Gen.Bool,
        (words, count, from, days, issuer, months, per) => new Requirement("k", "01", "t", PieceKind.Monitoring)
        {
            Words = words,
            Count = count,
            From = from,
            Days = days,
            NeedsIssuer = issuer.Item1,
            Issuer = issuer.Item2,
            ValidMonths = months.Item1,
            PeriodMonths = months.Item2,
            PerMeasure = per,
        });

    private static readonly Gen<ItemDays> AllDays = Gen.Select(Dates, Dates, Dates, Gen.Select(Gen.Enum<RequiredFrom>(), Gen.Int[-300, 300]).List[0, 6],
        (approved, due, began, facts) => new ItemDays(
            approved, due, began, facts.DistinctBy(fact => fact.Item1).ToDictionary(fact => fact.Item1, fact => Zero.AddDays(fact.Item2))));

    [Fact]
    public void States_follow_from_pieces_requirement_and_day() => Gen.Select(Asked, Pieces.List[0, 7], AllDays, Gen.Int[-300, 300]).Sample((asked, pieces, days, at) =>
    {
        var day = Zero.AddDays(at);
        var line = Assert.Single(DossierState.Of(new(["01"], [asked]), "", Item, [Measure], [Item, Measure], pieces, days, day));
        var target = asked.PerMeasure ? Measure : Item;
        Assert.Equal(target, line.Target);

        var fit = pieces.Where(piece => Fits(asked, piece, target)).ToList();
        var judged = days.Happened.TryGetValue(RequiredFrom.Closed, out var closed) && closed < day ? closed : day;
        bool Young(FiledPiece piece) => asked.ValidMonths is null || (piece.Details.To ?? piece.Details.EffectiveOn)!.Value.AddMonths(asked.ValidMonths.Value) >= judged;
        var expected =
            Choice(fit, asked.Count, piece => Young(piece) && !piece.Duplicate) ? RequirementState.Present
            : !(Due(asked, days) <= day) ? RequirementState.NotYet
            : Choice(fit, asked.Count, piece => !piece.Duplicate) ? RequirementState.Expired
            : Choice(fit, asked.Count, _ => true) ? RequirementState.Duplicate
            : RequirementState.Missing;
        Assert.Equal(expected, line.State);
        Assert.Equal(fit.Select(piece => piece.Id).Order(), line.Pieces.Select(piece => piece.Piece).Order());
    });

    [Fact]
    public void A_piece_is_sound_to_the_last_day_of_its_months_and_expired_on_the_next()
    {
        var asked = new Requirement("k", "01", "t", PieceKind.Monitoring) { ValidMonths = 3, From = RequiredFrom.Approved };
        var piece = new FiledPiece(Guid.NewGuid(), new("监测报告", PieceKind.Monitoring, new(2026, 1, 31)), "a", [Item], false);
        RequirementState On(DateOnly day) =>
            Assert.Single(DossierState.Of(new(["01"], [asked]), "", Item, [], [Item], [piece], new(Zero, null, null, new Dictionary<RequiredFrom, DateOnly>()), day)).State;

        Assert.Equal(RequirementState.Present, On(new(2026, 4, 30)));
        Assert.Equal(RequirementState.Expired, On(new(2026, 5, 1)));
    }

    [Fact]
    public void What_is_due_is_missing_from_its_day_on_and_a_closing_judges_what_stood_then()
    {
        static RequirementState On(Requirement asked, DateOnly? approved, DateOnly? due, (RequiredFrom What, DateOnly On)[] happened, DateOnly day, params FiledPiece[] pieces) => Assert.Single(DossierState.Of(
            new(["01"], [asked]), "", Item, [], [Item], pieces, new(approved, due, null, happened.ToDictionary(one => one.What, one => one.On)), day)).State;
        static FiledPiece Piece(DateOnly on, string hash) => new(Guid.NewGuid(), new("监测报告", PieceKind.Monitoring, on), hash, [Item], false);
        var asked = new Requirement("k", "01", "t", PieceKind.Monitoring) { From = RequiredFrom.Approved };
        Assert.Equal(RequirementState.NotYet, On(asked, Zero, null, [], Zero.AddDays(-1)));
        Assert.Equal(RequirementState.Missing, On(asked, Zero, null, [], Zero));

        // Completed after its deadline, an item was to have it at the deadline; before it, at the completion.
        var finish = asked with { From = RequiredFrom.Finish };
        Assert.Equal(RequirementState.Missing, On(finish, null, Zero.AddDays(-10), [(RequiredFrom.Completed, Zero)], Zero.AddDays(-5)));
        Assert.Equal(RequirementState.Missing, On(finish, null, Zero, [(RequiredFrom.Completed, Zero.AddDays(-10))], Zero.AddDays(-5)));

        var young = asked with { ValidMonths = 1 };
        Assert.Equal(RequirementState.Expired, On(young, Zero, null, [], Zero, Piece(Zero.AddDays(-100), "a")));
        Assert.Equal(RequirementState.Present, On(young, Zero, null, [(RequiredFrom.Closed, Zero.AddDays(-90))], Zero, Piece(Zero.AddDays(-100), "a")));

        // One file counts once.
        var two = asked with { Count = 2 };
        Assert.Equal(RequirementState.Missing, On(two, Zero, null, [], Zero, Piece(Zero, "a"), Piece(Zero, "a")));
        Assert.Equal(RequirementState.Present, On(two, Zero, null, [], Zero, Piece(Zero, "a"), Piece(Zero, "b")));
    }

    [Fact]
    public void Photos_pair_only_at_one_place_over_the_beginning_of_the_work() => Gen.Select(Pieces.List[0, 8], AllDays, Gen.Int[1, 3]).Sample((pieces, days, count) =>
    {
        var asked = new Requirement("k", "01", "t", PieceKind.Photo) { Pairs = true, Count = count, From = RequiredFrom.Approved };
        var line = Assert.Single(DossierState.Of(new(["01"], [asked]), "", Item, [], [Item], pieces, days, Zero));

        var photos = pieces.Where(piece => piece.Details is { Kind: PieceKind.Photo, EffectiveOn: not null, Place.Length: > 0 } && !piece.Duplicate).ToList();
        var places = (
            from before in photos
            from after in photos
            where Same(before, after) && before.Details.EffectiveOn <= days.Began && after.Details.EffectiveOn > days.Began
            select before.Details.Place.Replace(" ", "", StringComparison.Ordinal)).Distinct().Count();
        Assert.Equal(places, line.Have);
        Assert.Equal(places >= count, line.State is RequirementState.Present);
        Assert.All(line.Pairs.Where(pair => pair.IsWhole), pair => Assert.True(Same(Of(pair.Before), Of(pair.After))));
        FiledPiece Of(Guid? id) => pieces.Single(piece => piece.Id == id);
    });

    [Fact]
    public void Photos_without_a_name_stand_together_within_fifty_metres()
    {
        FiledPiece At(decimal latitude, int day, Datum datum = Datum.Wgs84) => new(
            Guid.NewGuid(), new("p", PieceKind.Photo, Zero.AddDays(day), Spot: Spot.Of(latitude, 102.7m, datum)), $"{latitude}{day}", [Item], false);

        // A minute of latitude is a nautical mile, 1,852 m: 0.0004 degrees are 44 m, 0.0005 are 56 m.
        var near = PhotoPairs.Of([At(25.1000m, -1), At(25.1004m, 1)], Zero);
        Assert.True(Assert.Single(near).IsWhole);
        Assert.True(Assert.Single(PhotoPairs.Of([At(25.1000m, 0), At(25.1000m, 1)], Zero)).IsWhole); // the day on which work began shows what was before
        Assert.Equal(2, PhotoPairs.Of([At(25.1000m, -1), At(25.1005m, 1)], Zero).Count);
        Assert.Equal(2, PhotoPairs.Of([At(25.1000m, -1), At(25.1000m, 1, Datum.Gcj02)], Zero).Count); // the same figures are another place
    }

    [Fact]
    public void The_usual_requirements_can_be_set_as_they_are() =>
        Assert.Equal(UsualRequirements.Set.List, RequirementSet.Create(Guid.Empty, 1, UsualRequirements.Set, "as usual", DateTimeOffset.UnixEpoch).Requirements.List);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<int?> Maybe(Gen<int> some) => Gen.Select(some, Gen.Int[0, 4], (value, none) => none == 0 ? (int?)null : value);

    private static bool Fits(Requirement asked, FiledPiece piece, Guid target) =>
        piece.Details.Kind == asked.Kind
        && (target == Item || piece.Items.Contains(target))
        && (asked.Words == "" || asked.Words.Split('、').Any(piece.Details.Title.Contains))
        && (!asked.NeedsIssuer || piece.Details.Issuer != "") && (asked.Issuer == "" || piece.Details.Issuer.Contains(asked.Issuer, StringComparison.Ordinal))
        && (asked.ValidMonths is null || piece.Details.To is not null || piece.Details.EffectiveOn is not null)
        && (asked.PeriodMonths is null || piece.Details.From is not null && piece.Details.From.Value.AddMonths(asked.PeriodMonths.Value).AddDays(-1) <= piece.Details.To);

    // Whether some choice of so many pieces, no two with one file, has only pieces that count.
    private static bool Choice(List<FiledPiece> pieces, int count, Func<FiledPiece, bool> counts) => Enumerable.Range(0, 1 << pieces.Count).Any(choice =>
    {
        var chosen = pieces.Where((_, i) => (choice >> i & 1) == 1).ToList();
        return chosen.Count == count && chosen.TrueForAll(counts.Invoke) && chosen.DistinctBy(piece => piece.Hash).Count() == count;
    });

    private static DateOnly? Due(Requirement asked, ItemDays days)
    {
        DateOnly? completed = days.Happened.TryGetValue(RequiredFrom.Completed, out var day) ? day : null;
        DateOnly? from = asked.From switch
        {
            RequiredFrom.Approved => days.Approved,
            RequiredFrom.Finish => new[] { days.Due, completed }.Min(),
            _ => days.Happened.TryGetValue(asked.From, out var on) ? on : null,
        };
        return from?.AddDays(asked.Days);
    }

    private static bool Same(FiledPiece one, FiledPiece other) => one.Details.Place.Replace(" ", "", StringComparison.Ordinal) == other.Details.Place.Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>Names in a package.</summary>
public sealed class SafeNameTests
{
    [Fact]
    public void Every_name_can_be_unpacked_on_Windows() => Gen.Select(Gen.String[Gen.Char["\u0000\u001f<>:\"/\\|?*. abc\u202e\u200b甲乙\ud83d\ude00\u0301é"], 0, 90], Gen.Int[0, 5].Select(i => new[] { "CON", "nul", "a.pdf", "x", "LPT1.txt", "com¹" }[i]), Gen.Bool).Sample((wild, stem, first) =>
    {
        var name = SafeName.Of(first ? stem + wild : wild + stem, 60);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 1, 60);
        Assert.DoesNotContain(name, c => c < ' ' || "<>:\"/\\|?*".Contains(c) || c is '\u202e' or '\u200b');
        Assert.False(name.EndsWith('.') || name.EndsWith(' ') || name.StartsWith(' '));
        Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\\s*(\\.|$)", name);
        Assert.Equal(name, SafeName.Of(name, 60));
    });

    [Theory]
    [InlineData("001 监测报告", "scan.PDF", "001 监测报告.PDF")]
    [InlineData("001 a.pdf", "a.pdf", "001 a.pdf")]
    [InlineData("001 a", "no ending", "001 a")]
    [InlineData("001 a", "evil.p/d", "001 a")]
    [InlineData("001 甲\u202efdp", "x.exe", "001 甲fdp.exe")]
    public void A_file_keeps_its_ending(string title, string original, string expected) => Assert.Equal(expected, SafeName.File(title, original, 100));
}
