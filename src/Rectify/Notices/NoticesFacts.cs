using Rectify.Consistency;
using Rectify.Platform.Journal;

namespace Rectify.Notices;

// What the room writes into the journal. Names and members are for ever: docs/formats/journal.md. Nothing about a person is among them.

public sealed record ObjectionDeskChanged : Fact
{
    public override string Kind => "notice.desk-changed";

    /// <summary>The code of the unit whose own desk it is; absent for the programme's.</summary>
    public string? Unit { get; init; }
}

public sealed record NoticeDrafted : Fact
{
    public override string Kind => "notice.drafted";

    /// <summary>The notice's random public id.</summary>
    public required string Notice { get; init; }

    /// <summary>The closings' random public ids.</summary>
    public required IReadOnlyList<string> Closures { get; init; }
}

public sealed record NoticeChanged : Fact
{
    public override string Kind => "notice.changed";

    public required string Notice { get; init; }

    public required NoticeState State { get; init; }
}

/// <summary>Somebody said why a contradiction does not keep a notice from going out. What contradicts what stands among the salted commitments.</summary>
/// <remarks>Entries of versions before are called <c>notice.overruled</c> and carry a plain hash of it.</remarks>
public sealed record NoticeOverruled : Fact
{
    public override string Kind => "notice.contradiction-overruled";

    public required string Notice { get; init; }

    public required ConsistencyRule Rule { get; init; }
}

/// <summary>The last day of a notice that stands moved with the holidays.</summary>
public sealed record NoticeDaysMoved : Fact
{
    public override string Kind => "notice.days-moved";

    public required string Notice { get; init; }

    public required DateOnly LastDay { get; init; }
}

public sealed record NoticePublished : Fact
{
    public override string Kind => "notice.published";

    public required string Notice { get; init; }

    public required int Year { get; init; }

    public required int No { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>SHA-256, hexadecimal, of the content as kept.</summary>
    public required string Content { get; init; }

    /// <summary>How many passages were withheld; absent where none was.</summary>
    public int? Masks { get; init; }
}

/// <summary>Passages of a notice that had gone out were withheld from then on.</summary>
public sealed record NoticeMasked : Fact
{
    public override string Kind => "notice.masked";

    public required string Notice { get; init; }

    /// <summary>SHA-256, hexadecimal, of the content until now.</summary>
    public required string Before { get; init; }

    /// <summary>SHA-256, hexadecimal, of the content from now on.</summary>
    public required string Content { get; init; }

    /// <summary>How many passages were withheld by this act.</summary>
    public required int Masks { get; init; }
}

/// <summary>A picture of where the notice stood was named.</summary>
public sealed record NoticeProved : Fact
{
    public override string Kind => "notice.proved";

    public required string Notice { get; init; }

    /// <summary>The piece's random public id.</summary>
    public required string Piece { get; init; }
}

public sealed record NoticeClosed : Fact
{
    public override string Kind => "notice.closed";

    public required string Notice { get; init; }

    public required NoticeState State { get; init; }

    public DateOnly? LastDay { get; init; }
}

public sealed record ObjectionReceived : Fact
{
    public override string Kind => "notice.objection-received";

    public required string Notice { get; init; }

    /// <summary>The objection's random public id.</summary>
    public required string Objection { get; init; }

    public required ObjectionMeans Means { get; init; }

    public required DateOnly DatedOn { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required bool InTime { get; init; }
}

public sealed record ObjectionSettledFact : Fact
{
    public override string Kind => "notice.objection-settled";

    public required string Notice { get; init; }

    public required string Objection { get; init; }

    public required ObjectionOutcome Outcome { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>The last day of the notice from now on; absent while it stands still.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>Somebody looked at who objected.</summary>
public sealed record ObjectorRead : Fact
{
    public override string Kind => "notice.objector-read";

    public required string Notice { get; init; }

    public required string Objection { get; init; }
}
