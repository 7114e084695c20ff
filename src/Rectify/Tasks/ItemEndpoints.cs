using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>One item over HTTP, for other systems: state on a day, facts, parts, history. And the short address of a task.</summary>
internal static class ItemEndpoints
{
    public static void MapItems(this IEndpointRouteBuilder app)
    {
        app.MapGet("/p/{code}/items/{number:int}", OpenAsync).RequireAuthorization().ExcludeFromDescription();
        var items = app.MapGroup("/api/items/{id:guid}").RequireAuthorization().WithTags("items");
        items.MapGet("", ReadAsync).WithSummary("An item on a day: its state, units, milestones, parts and facts.");
        items.MapGet("history", HistoryAsync).WithSummary("Everything that was done to an item, the newest first.");
        items.MapPost("facts", RecordAsync).WithSummary("Records dated facts of an item. Another deadline is asked for: POST /api/items/{id}/deadline-requests.");
        items.MapPost("facts/{fact:guid}/withdrawal", WithdrawAsync).WithSummary("Takes a fact back that was recorded in error; it stays to be seen.");
        items.MapPost("parts", AddPartAsync).WithSummary("Adds a sub-task or a point to an item.");
        items.MapPost("removal", RemoveAsync).WithSummary("Takes an item out of the plan from today on, with a reason.");
        app.MapHandbooks();
    }

    /// <summary>An item on a day.</summary>
    public sealed record ItemAnswer(
        Guid Id, string Programme, ItemKind Kind, string Number, string Title, string Text, string Goal, string Aspect, FindingAnswer? Finding, DateOnly On,
        ItemStatus Status, Light Light, LightReason Reason, DateOnly? HoldsUntil, int? Percent, int? Expected,
        string DeadlineText, DateOnly? PlannedDue, DateOnly? DueOn, bool Standing, DateOnly? AddedOn, DateOnly? RemovedOn, string RemovedBecause, int Version,
        IReadOnlyList<UnitAnswer> Units, IReadOnlyList<string> Persons, IReadOnlyList<NodeAnswer> Milestones,
        IReadOnlyList<PartAnswer> Measures, IReadOnlyList<PartAnswer> Parts, IReadOnlyList<FactAnswer> Facts);

    public sealed record FindingAnswer(Guid Id, string Number, string Text);

    /// <param name="Unit">The unit meant; none while nobody has said which.</param>
    public sealed record UnitAnswer(Guid? Unit, string Text, DraftRole Role);

    public sealed record NodeAnswer(int No, string Text, DateOnly Due, DateOnly? ReachedOn);

    public sealed record PartAnswer(Guid Id, ItemKind Kind, string Text, DateOnly? DueOn, ItemStatus? Status, Light? Light);

    /// <param name="Value">The quantity or the percentage.</param>
    /// <param name="WithdrawnAt">When it was withdrawn; the reason is <paramref name="WithdrawnBecause"/>.</param>
    public sealed record FactAnswer(
        Guid Id, FactKind Kind, DateOnly On, int? No, decimal? Value, DateOnly? To, string Note, string Document,
        DateTimeOffset RecordedAt, DateTimeOffset? WithdrawnAt, string WithdrawnBecause);

    /// <param name="Value">The quantity, with at most as many decimals as the item's, or the percentage.</param>
    public sealed record FactRequest(
        FactKind Kind, DateOnly On, int? No = null, decimal? Value = null, string? Note = null, string? Document = null);

    public sealed record WithdrawalRequest(string? Reason = null);

    /// <param name="Kind">A sub-task or a point.</param>
    public sealed record PartRequest(ItemKind Kind, string? Text = null, Guid? Unit = null, DateOnly? Due = null);

    public sealed record Made(Guid Id);

    /// <param name="Version">The version that was read: whoever removes an item has seen it.</param>
    /// <param name="Reason">1 to 500 characters.</param>
    public sealed record RemovalRequest(int Version, string? Reason = null);

    private static async Task<ItemAnswer> ReadAsync(Guid id, DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var view = await ItemView.ReadAsync(db, reader, id, on ?? clock.Today, ct, clock) ?? throw Refusal.NotFound("item", id);
        var item = view.Item;
        return new(
            item.Id, view.Programme.Code, item.Kind, item.NumberText, item.Title, item.Text, item.Goal, view.Aspect,
            view.Finding is { } finding ? new(finding.Id, finding.NumberText, finding.Text) : null, view.On,
            view.Status, view.Light, view.Reason, view.HoldsUntil, view.Percent, view.Expected,
            item.DeadlineText, item.DeadlineDate, view.DueOn, item.Standing, item.AddedOn, item.RemovedOn, item.RemovedBecause, item.Version,
            [.. view.Units.Select(unit => new UnitAnswer(unit.UnitId, unit.Text, unit.Role))],
            [.. view.Persons.Select(person => person.Text)],
            [.. view.Milestones.Select(node => new NodeAnswer(node.No, node.Text, node.Due, view.ReachedOn(node.No)))],
            [.. view.Measures.Select(Part)], [.. view.Parts.Select(Part)], [.. view.Facts.Select(fact => Fact(fact, item))]);
    }

    private static PartAnswer Part(ItemView.Child child) =>
        new(child.Item.Id, child.Item.Kind, child.Item.Text, child.DueOn, child.Span?.Status, child.Span?.Light);

    private static FactAnswer Fact(ItemFact fact, Item item) => new(
        fact.Id, fact.Kind, fact.On, fact.No,
        fact.Value is { } value ? ItemDerivation.AtScale(value, fact.Kind is FactKind.Measured ? item.QuantityScale : 0) : null,
        fact.To, fact.Note, fact.Document, fact.RecordedAt, fact.VoidedAt, fact.VoidedBecause);

    private static async Task<ItemHistory> HistoryAsync(Guid id, Db db, Access reader, CancellationToken ct) =>
        await ItemHistory.ReadAsync(db, reader, id, int.MaxValue, ct) ?? throw Refusal.NotFound("item", id);

    private static async Task<IResult> RecordAsync(
        Guid id, IReadOnlyList<FactRequest> facts, RecordFacts record, Db db, Access by, CancellationToken ct)
    {
        var scale = await db.ItemsFor(by, Right.Read).Where(item => item.Id == id).Select(item => (int?)item.QuantityScale).SingleOrDefaultAsync(ct)
            ?? throw Refusal.NotFound("item", id);
        await record.RunAsync(id, [.. facts.Select(fact => Stated(fact, scale))], by, ct);
        return TypedResults.NoContent();
    }

    private static StatedFact Stated(FactRequest fact, int scale)
    {
        if (!Enum.IsDefined(fact.Kind))
        {
            throw Refusal.Malformed("There is no such kind of fact.");
        }

        var at = fact.Kind is FactKind.Measured ? scale : 0;
        var text = fact.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return text is not null && ItemWords.ParseFigure(text, at) is null
            ? throw Refusal.Invalid("fact.quantity", $"A figure has at most {at} decimals here.")
            : new(fact.Kind, fact.On, fact.No, ItemWords.ParseFigure(text, at), Note: fact.Note ?? "", Document: fact.Document ?? "");
    }

    private static async Task<IResult> WithdrawAsync(
        Guid id, Guid fact, WithdrawalRequest request, VoidFact withdraw, Db db, Access by, CancellationToken ct)
    {
        if (!await db.ItemFacts().AnyAsync(one => one.Id == fact && one.ItemId == id, ct))
        {
            throw Refusal.NotFound("fact", fact);
        }

        await withdraw.RunAsync(fact, request.Reason ?? "", by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AddPartAsync(
        Guid id, PartRequest request, AddSubTask add, Db db, Access by, CancellationToken ct)
    {
        var name = request.Unit is { } unit
            ? await db.Units().Where(one => one.Id == unit).Select(one => one.Name).SingleOrDefaultAsync(ct) ?? throw Refusal.NotFound("unit", unit)
            : null;
        var made = await add.RunAsync(
            id, request.Kind,
            new("", null, (request.Text ?? "").Trim())
            {
                Deadline = request.Due is { } due ? new(due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), DeadlineKind.Fixed, null, due, null) : null,
            },
            name is null ? [] : [new ItemUnit { ItemId = id, UnitId = request.Unit, Text = name, Role = DraftRole.Responsible, Order = 0 }], by, ct);
        return TypedResults.Created($"/api/items/{made}", new Made(made));
    }

    private static async Task<IResult> RemoveAsync(Guid id, RemovalRequest request, RemoveItem remove, Access by, CancellationToken ct)
    {
        await remove.RunAsync(id, request.Version, request.Reason ?? "", by, ct);
        return TypedResults.NoContent();
    }

    // 任务 27 as people quote it; the item's own address is for ever, a plan's number is not.
    private static async Task<IResult> OpenAsync(string code, int number, HttpRequest request, Db db, Access reader, CancellationToken ct)
    {
        var programmes = db.ProgrammesFor(reader, Right.Read);
        var found = await db.ItemsFor(reader, Right.Read)
            .Where(item => item.Kind == ItemKind.Task && item.NumberValue == number && item.RemovedOn == null
                && programmes.Any(programme => programme.Id == item.ProgrammeId && programme.Code == code))
            .OrderBy(item => item.SortKey).Select(item => (Guid?)item.Id).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound("item", number);
        return TypedResults.LocalRedirect($"~/items/{found}{request.QueryString}");
    }
}
