using System.Globalization;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>An item's facts, figures and history in the reader's words; the same on pages and on paper.</summary>
internal static class ItemWords
{
    /// <summary>Facts of one act that its line names; more are counted.</summary>
    private const int Named = 6;

    extension(Words words)
    {
        /// <summary>Number and title: 第三十二项 雁湖流域…</summary>
        public string Heading(Item item) => item.Kind is ItemKind.Finding ? words.Finding(item.NumberText, item.Title) : item.NumberText.Length == 0 ? item.Title : words["item.heading", item.NumberText, item.Title];

        /// <summary>A finding by number and title; of some only the number is known: 反馈问题35.</summary>
        public string Finding(string number, string title) => (Bare(number), title) switch
        {
            (var no, "") => words["item.finding.number", no],
            ("", _) => title,
            (var no, _) => words["item.heading", no, title],
        };

        /// <summary>How a path names an item: in short.</summary>
        public string Crumb(Item item) =>
            item.Kind is ItemKind.Finding ? words.Finding(item.NumberText, item.NumberText.Length > 0 ? "" : item.Title) : item.NumberText.Length > 0 ? item.NumberText : item.Title;

        /// <summary>Why the light is as it is on the day, and what turns it green again.</summary>
        public string Reason(ItemView view) => words.Reason(view.Reason, view.On, view is { Percent: { } percent, Expected: { } expected } ? new(percent, expected) : null);

        /// <summary>The same, with the figures that it rests on where they are known.</summary>
        public string Reason(LightReason reason, DateOnly on, LightFigures? figures) => figures is { } known && reason.HasFigures
            ? words[reason.TextKey + ".figures", [.. reason.Arguments(on), known.Percent, known.Expected, known.Expected - known.Percent]]
            : words[reason.TextKey, [.. reason.Arguments(on)]];

        /// <summary>What happened, with its number, figure or new date.</summary>
        public string Fact(ItemFact fact, Item item) => fact switch
        {
            { Kind: FactKind.MilestoneReached, No: { } no } => words["fact.node", no],
            { Kind: FactKind.Measured, Value: { } value } =>
                words["fact.figure", words.Figure(ItemDerivation.AtScale(value, item.QuantityScale), item)],
            { Kind: FactKind.Progress, Value: { } percent } => words["fact.percent", percent],
            { Kind: FactKind.DeadlineChanged, To: { } to } => words["fact.deadline", to],
            _ => words[$"fact.kind.{fact.Kind}"],
        };

        /// <summary>A figure with its unit: 64.6千米.</summary>
        public string Figure(decimal figure, Item item) => words.Number(figure, item.QuantityScale) + item.QuantityUnit;

        /// <summary>Days to the deadline in force, where the item is open: 剩91天, 逾期90天; empty where that says nothing.</summary>
        public string Days(ItemView view) => view is not { DueOn: { } due, Status.IsOpen: true } ? ""
            : due.DayNumber - view.On.DayNumber is >= 0 and var left ? words["item.days.left", left]
            : words["item.days.over", view.On.DayNumber - due.DayNumber];

        /// <summary>The history as a page lists it.</summary>
        public IReadOnlyList<HistoryEntry> History(ItemHistory history, Item item) =>
            [.. history.Entries.Select(entry => words.Entry(entry, item))];

        private HistoryEntry Entry(ItemHistory.Entry entry, Item item)
        {
            var voided = entry.Kind == "item.fact-voided";
            var told = words.List(entry.Facts.Take(Named).Select(fact => fact.Of.Id == item.Id
                ? words["history.fact", words.Fact(fact.Fact, fact.Of), fact.Fact.On]
                : words["history.fact.of", words.Fact(fact.Fact, fact.Of), fact.Fact.On, fact.Of.Title]));
            if (entry.Facts.Count > Named)
            {
                told = words["history.facts.more", told, entry.Facts.Count];
            }

            var act = (entry.Kind, entry.Of) switch
            {
                ("item.facts-recorded", _) when told.Length > 0 => words["history.recorded", told],
                ("item.fact-voided", _) when told.Length > 0 => words["history.voided", told],
                ("item.created" or "item.removed" or "item.changed" or "item.facts-recorded", { } other) => words[$"history.of.{entry.Kind}", other],
                _ when words.Has($"history.act.{entry.Kind}") => words[$"history.act.{entry.Kind}"],
                _ => words["history.other"],
            };
            var remarks = entry.Because is { } because ? [words["history.because", because]] : entry.Facts.Take(Named)
                .SelectMany(fact => voided ? [fact.Fact.VoidedBecause] : new[] { fact.Fact.Document, fact.Fact.Note }).Where(text => text.Length > 0);
            return new(
                entry.At, act, entry.Who.Length > 0 ? entry.Who : words["history.records"], entry.Unit, entry.Number,
                [.. entry.Changes.Select(words.Changed)], string.Join(words["history.join"], remarks) is { Length: > 0 } remark ? remark : null);
        }

        private Change Changed(ItemHistory.FieldChanged field) => new(
            field.Record switch
            {
                nameof(ItemUnit) when field.Field is not nameof(ItemUnit.Role) => words.Has($"item.role.{field.Field}") ? words[$"item.role.{field.Field}"] : words["item.units"],
                nameof(ItemUnit) => words["item.unit.role"],
                nameof(ItemPerson) => words["item.persons"],
                nameof(ItemMilestone) => words["item.node"],
                _ => words.Has($"item.field.{field.Field}") ? words[$"item.field.{field.Field}"] : field.Field,
            },
            words.Value(field, field.Before), words.Value(field, field.After));

        private string? Value(ItemHistory.FieldChanged field, string? value) => (field.Record, field.Field, value) switch
        {
            (nameof(ItemUnit), nameof(ItemUnit.Role), { } role) => words[$"item.role.{role}"],
            (nameof(Item), nameof(Item.Standing), not null) => words[value == "True" ? "item.bool.yes" : "item.bool.no"],
            _ => value,
        };
    }

    /// <summary>A number without the sign that parts it from its text: 三、 is 三.</summary>
    internal static string Bare(string number) => number.TrimEnd('\u3001', '.', '\uFF0E', ' ');

    /// <summary>A quantity as it was typed, as a whole number at the scale; <see langword="null"/> if it is none.</summary>
    public static long? ParseFigure(string? text, int scale) =>
        decimal.TryParse(text?.Trim().Replace(Words.NarrowSpace.ToString(), "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1_000_000_000_000m && decimal.Round(number, scale) == number
            ? (long)(number * (decimal)Math.Pow(10, scale))
            : null;
}
