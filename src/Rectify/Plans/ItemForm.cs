using System.Globalization;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Reading;

namespace Rectify.Plans;

/// <summary>One item of a preview as fields of a form: what was understood, or what a person just typed.</summary>
public sealed record ItemForm(
    string Number, string Value, string Section, string Problem, string Goal, DeadlineFields Deadline, IReadOnlyList<UnitFields> Units,
    IReadOnlyList<PersonFields> Persons, IReadOnlyList<MilestoneFields> Milestones, IReadOnlyList<MeasureFields> Measures)
{
    /// <summary>The finding that the item is a task of: its text, and its number as written. Both empty where it has none.</summary>
    public string Finding { get; init; } = "";

    public string FindingNumber { get; init; } = "";

    public static ItemForm Of(DraftItem item, UnitNames names, IReadOnlyDictionary<string, Guid> chosen, Words words) => new(
        item.Number.Text, Write(item.Number.Value), item.Section.Text, item.Problem.Text, item.Goal.Text, DeadlineFields.Of(item.Deadline),
        [.. item.Units.Select(unit => UnitFields.Of(unit, names, chosen))],
        [.. item.Persons.Select(person => new PersonFields(person.Text, person.Generic))],
        [.. item.Milestones.Select(milestone => new MilestoneFields(milestone.Text, Write(milestone.Date)))],
        [.. item.Measures.Select(measure => new MeasureFields(
            measure.Number, measure.Text.Text, words.List(measure.Units.Select(unit => unit.Text)), DeadlineFields.Of(measure.Deadline)))])
    {
        Finding = item.Finding?.Text ?? "",
        FindingNumber = item.Finding?.Number ?? "",
    };

    /// <summary>Reads what was posted. A row without text is a row taken out; the last, empty one is for a new row.</summary>
    public static ItemForm Read(IFormCollection form)
    {
        string Get(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim();
        IEnumerable<int> Rows(string name) => Enumerable.Range(0, 10_000).TakeWhile(i => form.ContainsKey($"{name}{i}.text"));
        DeadlineFields Deadline(string name) => new(Get(name + ".text"), Get(name + ".kind"), Get(name + ".from"), Get(name + ".date"));
        return new(
            Get("number"), Get("value"), Get("section"), Get("problem"), Get("goal"), Deadline("deadline"),
            [.. Rows("u").Select(i => new UnitFields(Get($"u{i}.text"), Get($"u{i}.role"), Get($"u{i}.meant"), Get($"u{i}.choice")))],
            [.. Rows("p").Select(i => new PersonFields(Get($"p{i}.text"), form.ContainsKey($"p{i}.generic")))],
            [.. Rows("n").Select(i => new MilestoneFields(Get($"n{i}.text"), Get($"n{i}.date")))],
            [.. Rows("m").Select(i => new MeasureFields(Get($"m{i}.number"), Get($"m{i}.text"), Get($"m{i}.units"), Deadline($"m{i}.deadline")))])
        {
            Finding = Get("finding"),
            FindingNumber = Get("finding.number"),
        };
    }

    /// <summary>The item as corrected. What the form does not show stays as it was, and so does where each field was read.</summary>
    /// <param name="meant">Which unit a spelling means, as far as a person said so; gets what the form adds.</param>
    public DraftItem To(DraftItem item, UnitNames names, Dictionary<string, Guid> meant, FormErrors errors, Words words)
    {
        int? value = null;
        if (Value.Length > 0)
        {
            value = int.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed is > 0 and < 100_000 ? parsed : null;
            if (value is null)
            {
                errors.Add("value", words["plan.form.value.bad", Value]);
            }
        }

        return item with
        {
            Number = item.Number with { Text = Number, Value = value },
            Section = item.Section with { Text = Section },
            Finding = FindingOf(item.Finding),
            Problem = item.Problem with { Text = Problem },
            Goal = item.Goal with { Text = Goal },
            Deadline = Deadline.To(item.Deadline, "deadline", errors, words),
            Units = [.. Units.Index().Where(row => row.Item.Text.Length > 0).Select(row => row.Item.To(row.Index, At(item.Units, row.Index), names, meant, errors, words))],
            Persons =
            [
                .. Persons.Index().Where(row => row.Item.Text.Length > 0)
                    .Select(row => new DraftPerson(row.Item.Text, row.Item.Generic, At(item.Persons, row.Index)?.At ?? [])),
            ],
            Milestones =
            [
                .. Milestones.Index().Where(row => row.Item.Text.Length > 0 || row.Item.Date.Length > 0).Select(row =>
                    new DraftMilestone(row.Item.Text, Day(row.Item.Date, $"n{row.Index}.date", errors, words) ?? default, At(item.Milestones, row.Index)?.At ?? [])),
            ],
            Measures =
            [
                .. Measures.Index().Where(row => row.Item.Text.Length > 0)
                    .Select(row => row.Item.To(row.Index, At(item.Measures, row.Index), errors, words)),
            ],
        };
    }

    private DraftFinding? FindingOf(DraftFinding? was) => Finding.Length + FindingNumber.Length == 0 ? null
        : was is not null && (was.Text, was.Number) == (Finding, FindingNumber) ? was
        : new(Finding, FindingNumber, was?.Number == FindingNumber ? was.Value : ItemNumber.Read(Stretch.Of(new Paragraph(0, FindingNumber))).Value, was?.At ?? []);

    internal static string Write(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    internal static string Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The day that a field holds; a wrong one becomes an error of the form.</summary>
    internal static DateOnly? Day(string text, string field, FormErrors errors, Words words)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (text.Length > 0 || field.StartsWith('n'))
        {
            errors.Add(field, words["plan.form.date.bad", text]);
        }

        return null;
    }

    private static T? At<T>(IReadOnlyList<T> rows, int index) where T : class => index < rows.Count ? rows[index] : null;
}

/// <param name="Meant">The name of the unit that is meant, as typed.</param>
/// <param name="Choice">The id of a unit chosen from the closest ones; wins over <paramref name="Meant"/>.</param>
public sealed record UnitFields(string Text, string Role, string Meant, string Choice)
{
    public static UnitFields Of(DraftUnit unit, UnitNames names, IReadOnlyDictionary<string, Guid> chosen) => new(
        unit.Text, unit.Role.ToString(),
        chosen.TryGetValue(unit.Text, out var id) || (id = names.Find(unit.Text) ?? Guid.Empty) != Guid.Empty ? names.NameOf(id) : "", "");

    public DraftUnit To(int row, DraftUnit? was, UnitNames names, Dictionary<string, Guid> meant, FormErrors errors, Words words)
    {
        var known = names.Find(Text);
        var before = was is null ? null : meant.TryGetValue(was.Text, out var said) ? said : names.Find(was.Text);
        if (Guid.TryParse(Choice, out var id) && names.NameOf(id).Length > 0)
        {
            meant[Text] = id;
        }
        else if (Meant.Length > 0 && Text != Meant)
        {
            if (names.Find(Meant) is not { } named)
            {
                errors.Add($"u{row}.meant", words["plan.form.unit.unknown", Meant]);
            }
            else if (named != known && (was is null || was.Text == Text || named != before))
            {
                // The meaning that stood beside a spelling which was just changed says nothing of the new one.
                meant[Text] = named;
            }
        }

        return new(Text, Enum.TryParse<DraftRole>(Role, out var role) ? role : DraftRole.Responsible, was?.At ?? []);
    }
}

public sealed record PersonFields(string Text, bool Generic);

public sealed record MilestoneFields(string Text, string Date);

public sealed record MeasureFields(string Number, string Text, string Units, DeadlineFields Deadline)
{
    private static readonly char[] Between = ['\u3001', '\uFF0C', ',', ';', '\uFF1B', '\n'];

    public DraftMeasure To(int row, DraftMeasure? was, FormErrors errors, Words words)
    {
        var old = was?.Units ?? [];
        var units = Units.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => old.FirstOrDefault(unit => unit.Text == text) ?? new DraftUnit(text, DraftRole.Responsible, []));
        return new(
            Number, (was?.Text ?? DraftText.None) with { Text = Text }, [.. units],
            Deadline.To(was?.Deadline, $"m{row}.deadline", errors, words), was?.Recurrence, was?.Milestones ?? []);
    }
}

/// <summary>A deadline as four fields: as written, and as understood.</summary>
public sealed record DeadlineFields(string Text, string Kind, string From, string Date)
{
    public static DeadlineFields Of(DraftDeadline? deadline) => deadline is null
        ? new("", nameof(DeadlineKind.Fixed), "", "")
        : new(deadline.Text, deadline.Kind.ToString(), ItemForm.Write(deadline.From), ItemForm.Write(deadline.Date));

    /// <summary>
    /// The deadline as corrected. Whoever changes only what is written gets it understood anew; what is understood may also
    /// be set by hand.
    /// </summary>
    public DraftDeadline? To(DraftDeadline? was, string field, FormErrors errors, Words words)
    {
        var old = Of(was);
        if (this == old)
        {
            return was;
        }

        if ((Text + Date + From).Length == 0 && Kind is ("" or nameof(DeadlineKind.Fixed)))
        {
            return null;
        }

        if (Text != old.Text && this with { Text = old.Text } == old
            && DeadlineGrammar.Read(Stretch.Of(new Paragraph(0, Text)), null) is { } understood && !DeadlineGrammar.IsUnread(understood))
        {
            return understood with { At = was?.At ?? [] };
        }

        var kind = Enum.TryParse<DeadlineKind>(Kind, out var parsed) ? parsed : DeadlineKind.Fixed;
        var (from, date) = (ItemForm.Day(From, field + ".from", errors, words), ItemForm.Day(Date, field + ".date", errors, words));
        if (from > date)
        {
            errors.Add(field + ".from", words["plan.form.from.bad", ItemForm.Write(from), ItemForm.Write(date)]);
        }

        return new(Text.Length > 0 ? Text : Date, kind, from, date, was?.Recurrence, was?.At ?? []);
    }
}
