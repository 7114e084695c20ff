using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rectify.Reading;

namespace Rectify.Grammar;

/// <summary>Writes a draft as JSON for the command line and the API.</summary>
/// <remarks>
/// Texts that a document does not have are <c>""</c>; lists are <c>[]</c>; a deadline, date, notice, recurrence or number
/// that is not there is <c>null</c>. Dates are ISO, the last day of the period named. Every field that was read carries
/// its <c>passages</c> under the item's key <c>passages</c>, by the path of the field: paragraph (counted from 1), start
/// (from 0) and length in UTF-16 characters; with the document at hand each also has its <c>place</c> if it is known.
/// </remarks>
public static class PlanJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PlanDraft draft, SourceDocument? source = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            var writer = new Writer(json, source is null ? [] : Places(source.Blocks, []));
            writer.Plan(draft, source);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Dictionary<int, string> Places(IReadOnlyList<Block> blocks, Dictionary<int, string> places)
    {
        foreach (var block in blocks)
        {
            if (block is Paragraph { Place.Length: > 0 } paragraph)
            {
                places[paragraph.Id] = paragraph.Place;
            }
            else if (block is Table table)
            {
                foreach (var cell in table.Cells)
                {
                    Places(cell.Blocks, places);
                }
            }
        }

        return places;
    }

    private static string Name(DeadlineKind kind) => kind switch
    {
        DeadlineKind.Fixed => "fixed",
        DeadlineKind.Immediate => "immediate",
        DeadlineKind.ImmediateStanding => "immediate_standing",
        DeadlineKind.FixedStanding => "fixed_standing",
        DeadlineKind.Period => "period",
        DeadlineKind.Recurring => "recurring",
    };

    private static string Name(DraftRole role) => role switch
    {
        DraftRole.Lead => "lead",
        DraftRole.Cooperate => "cooperate",
        DraftRole.Supervise => "supervise",
        DraftRole.Accept => "accept",
        DraftRole.Responsible => "responsible",
    };

    private sealed class Writer(Utf8JsonWriter json, Dictionary<int, string> places)
    {
        private readonly List<(string Path, IReadOnlyList<Passage> At)> passages = [];

        public void Plan(PlanDraft draft, SourceDocument? source)
        {
            json.WriteStartObject();
            json.WriteString("title", draft.Title);
            if (source is not null)
            {
                json.WriteString("format", source.Format switch
                {
                    SourceFormat.Docx => "docx",
                    SourceFormat.Xlsx => "xlsx",
                    SourceFormat.Html => "html",
                    SourceFormat.Pdf => "pdf",
                    SourceFormat.Text => "text",
                });
                List("notices", source.Notices, notice =>
                {
                    json.WriteStartObject();
                    json.WriteString("code", notice.Code);
                    Strings("arguments", notice.Arguments);
                    json.WriteEndObject();
                });
            }

            List("items", draft.Items, Item);
            json.WriteEndObject();
        }

        private void Item(DraftItem item)
        {
            passages.Clear();
            json.WriteStartObject();
            Number(item.Number);
            Text("section", item.Section);
            Finding(item.Finding);
            Text("problem", item.Problem);
            Text("goal", item.Goal);
            List("measures", item.Measures, (measure, i) => Measure(measure, $"measures[{i}]"));
            List("units", item.Units, (unit, i) => Unit(unit, $"units[{i}]"));
            List("persons", item.Persons, (person, i) => Person(person, $"persons[{i}]"));
            Deadline("deadline", item.Deadline, "deadline");
            List("milestones", item.Milestones, (milestone, i) => Milestone(milestone, $"milestones[{i}]"));
            Notice(item.Notice);
            Text("result", item.Result);
            List("others", item.Others, (other, i) =>
            {
                json.WriteStartObject();
                json.WriteString("label", other.Label);
                json.WriteString("text", other.Text.Text);
                json.WriteEndObject();
                Keep($"others[{i}]", other.Text.At);
            });
            List("doubts", item.Doubts, doubt =>
            {
                json.WriteStartObject();
                json.WriteString("code", doubt.Code);
                json.WriteString("field", doubt.Field);
                Strings("arguments", doubt.Arguments);
                json.WriteEndObject();
            });
            Passages();
            json.WriteEndObject();
        }

        private void Number(DraftNumber number)
        {
            json.WriteStartObject("number");
            json.WriteString("text", number.Text);
            Integer("value", number.Value);
            if (number.Parent is not null)
            {
                Integer("parent", number.Parent);
                Integer("child", number.Child);
            }

            if (number.Measure is not null)
            {
                Integer("measure", number.Measure);
            }

            json.WriteEndObject();
            Keep("number", number.At);
        }

        private void Finding(DraftFinding? finding)
        {
            if (finding is null)
            {
                json.WriteNull("finding");
                return;
            }

            json.WriteStartObject("finding");
            json.WriteString("text", finding.Text);
            json.WriteString("number", finding.Number);
            Integer("value", finding.Value);
            json.WriteEndObject();
            Keep("finding", finding.At);
        }

        private void Measure(DraftMeasure measure, string path)
        {
            json.WriteStartObject();
            json.WriteString("number", measure.Number);
            json.WriteString("text", measure.Text.Text);
            Keep(path + ".text", measure.Text.At);
            List("units", measure.Units, (unit, i) => Unit(unit, $"{path}.units[{i}]"));
            Deadline("deadline", measure.Deadline, path + ".deadline");
            Recurrence(measure.Recurrence);
            List("milestones", measure.Milestones, (milestone, i) => Milestone(milestone, $"{path}.milestones[{i}]"));
            json.WriteEndObject();
        }

        private void Unit(DraftUnit unit, string path)
        {
            json.WriteStartObject();
            json.WriteString("text", unit.Text);
            json.WriteString("role", Name(unit.Role));
            json.WriteEndObject();
            Keep(path, unit.At);
        }

        private void Person(DraftPerson person, string path)
        {
            json.WriteStartObject();
            json.WriteString("text", person.Text);
            json.WriteBoolean("generic", person.Generic);
            json.WriteEndObject();
            Keep(path, person.At);
        }

        private void Deadline(string name, DraftDeadline? deadline, string path)
        {
            if (deadline is null)
            {
                json.WriteNull(name);
                return;
            }

            json.WriteStartObject(name);
            json.WriteString("text", deadline.Text);
            json.WriteString("kind", Name(deadline.Kind));
            if (deadline.From is not null)
            {
                Date("from", deadline.From);
            }

            Date("date", deadline.Date);
            if (deadline.Recurrence is not null)
            {
                Recurrence(deadline.Recurrence);
            }

            json.WriteEndObject();
            Keep(path, deadline.At);
        }

        private void Recurrence(Recurrence? recurrence)
        {
            if (recurrence is null)
            {
                json.WriteNull("recurrence");
                return;
            }

            json.WriteStartObject("recurrence");
            json.WriteString("text", recurrence.Text);
            json.WriteString("every", recurrence.Every);
            json.WriteNumber("times", recurrence.Times);
            json.WriteEndObject();
        }

        private void Milestone(DraftMilestone milestone, string path)
        {
            json.WriteStartObject();
            json.WriteString("text", milestone.Text);
            Date("date", milestone.Date);
            json.WriteEndObject();
            Keep(path, milestone.At);
        }

        private void Notice(DraftNotice? notice)
        {
            if (notice is null)
            {
                json.WriteNull("notice");
                return;
            }

            json.WriteStartObject("notice");
            Date("from", notice.From);
            Date("to", notice.To);
            Integer("days", notice.Days);
            json.WriteString("unit", notice.Unit);
            json.WriteEndObject();
            Keep("notice", notice.At);
        }

        private void Text(string name, DraftText text)
        {
            json.WriteString(name, text.Text);
            Keep(name, text.At);
        }

        private void Keep(string path, IReadOnlyList<Passage> at)
        {
            if (at.Count > 0)
            {
                passages.Add((path, at));
            }
        }

        private void Passages()
        {
            json.WriteStartObject("passages");
            foreach (var (path, at) in passages)
            {
                List(path, at, passage =>
                {
                    json.WriteStartObject();
                    json.WriteNumber("paragraph", passage.Paragraph);
                    json.WriteNumber("start", passage.Start);
                    json.WriteNumber("length", passage.Length);
                    if (places.TryGetValue(passage.Paragraph, out var place))
                    {
                        json.WriteString("place", place);
                    }

                    json.WriteEndObject();
                });
            }

            json.WriteEndObject();
        }

        private void List<T>(string name, IReadOnlyList<T> values, Action<T> write) => List(name, values, (value, _) => write(value));

        private void List<T>(string name, IReadOnlyList<T> values, Action<T, int> write)
        {
            json.WriteStartArray(name);
            for (var i = 0; i < values.Count; i++)
            {
                write(values[i], i);
            }

            json.WriteEndArray();
        }

        private void Strings(string name, IReadOnlyList<string> values) => List(name, values, json.WriteStringValue);

        private void Date(string name, DateOnly? date) => json.WriteString(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        private void Integer(string name, int? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }
}
