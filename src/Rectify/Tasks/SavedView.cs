using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>A filter that a person named and keeps as a tab of the list. It is theirs alone and proves nothing.</summary>
public sealed class SavedView : IBookkeeping
{
    /// <summary>Views that one person keeps in one programme.</summary>
    public const int Most = 12;

    public const int LongestName = 20;

    public const int LongestQuery = 1_000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Whose it is.</summary>
    public required Actor Owner { get; init; }

    public required Guid ProgrammeId { get; init; }

    /// <summary>Unique among the owner's views of the programme.</summary>
    public required string Name { get; init; }

    /// <summary>The list's query: see <see cref="ItemQuery"/>. Read again by it, so that a name it no longer knows is left out.</summary>
    public required string Query { get; set; }
}

/// <summary>Keeps a filter under a name; a view of the same name takes the new filter.</summary>
public sealed class SaveView(Db db, JournalWriter journal)
{
    /// <exception cref="Refusal">404: no such programme for them. 422: no name, a filter that is too long, or too many views.</exception>
    public async Task RunAsync(string code, string name, string query, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).SingleOrDefaultAsync(p => p.Code == code, ct)
            ?? throw Refusal.NotFound("programme", code);
        if (name.Trim() is not { Length: > 0 and <= SavedView.LongestName } named)
        {
            throw Refusal.Invalid("view.name", $"A view's name has 1 to {SavedView.LongestName} characters.");
        }

        if (query.Length > SavedView.LongestQuery)
        {
            throw Refusal.Invalid("view.long", "The filter names too much to be kept.");
        }

        var views = await db.SavedViewsOf(by.Actor, programme.Id).ToListAsync(ct);
        if (views.Find(view => view.Name == named) is { } same)
        {
            same.Query = query;
        }
        else if (views.Count >= SavedView.Most)
        {
            throw Refusal.Invalid("view.many", $"A person keeps at most {SavedView.Most} views of a programme.");
        }
        else
        {
            db.Add(new SavedView { Owner = by.Actor, ProgrammeId = programme.Id, Name = named, Query = query });
        }

        await journal.SaveBookkeepingAsync(ct);
    }
}

/// <summary>Drops one of one's own views.</summary>
public sealed class DropView(Db db, JournalWriter journal)
{
    /// <exception cref="Refusal">404: no such view of theirs.</exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        db.Remove(await db.SavedViewsOf(by.Actor).SingleOrDefaultAsync(view => view.Id == id, ct) ?? throw Refusal.NotFound("view", id));
        await journal.SaveBookkeepingAsync(ct);
    }
}
