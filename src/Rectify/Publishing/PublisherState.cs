using System.Collections.Concurrent;
using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>What this process knows of the published journal from one round to the next. Forgotten after any failure: then the database and the store say it anew.</summary>
internal sealed class PublisherState(JournalHalt halt)
{
    /// <summary>What lies in the published place is signed by nobody we know. It says nothing of the database, and whoever can write to that place could stop all work by it.</summary>
    public const string Stranger = "publishing.stranger";

    private Refusal? refused;

    /// <summary>Why this process does not publish, or <see langword="null"/>. Stays until the product is started again.</summary>
    public Refusal? Refused => refused ?? halt.Why;

    /// <summary>Whether the published journal was found to be this database's.</summary>
    public bool IsChecked { get; set; }

    /// <summary>The end of what was published, ready to go on.</summary>
    public TileBuilder? Builder { get; set; }

    /// <summary>The checkpoint as it was last put in its place, and when.</summary>
    public (byte[] Note, DateTimeOffset At)? Shown { get; set; }

    /// <summary>The size that each witness countersigned last, as far as this process knows.</summary>
    public ConcurrentDictionary<string, long> Witnesses { get; } = new(StringComparer.Ordinal);

    /// <summary>Why a witness gave nothing the last time it was asked.</summary>
    public ConcurrentDictionary<string, string> Silent { get; } = new(StringComparer.Ordinal);

    public void Forget() => (Builder, Shown) = (null, null);

    /// <summary>Stops publishing. With it stops all that adds to the journal, where the journal's own signatures, or the witnesses', say that this database is not the one they are of.</summary>
    public void Refuse(Refusal no)
    {
        (refused, IsChecked) = (no, false);
        if (no.Code != Stranger)
        {
            halt.Stop(no);
        }
    }
}
