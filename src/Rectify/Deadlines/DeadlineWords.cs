using Rectify.Platform.Text;

namespace Rectify.Deadlines;

/// <summary>Classes of reasons in the reader's words, and what was typed back as a class.</summary>
internal static class DeadlineWords
{
    extension(Words words)
    {
        /// <summary>政策原因: a class of the usual list in the reader's language, one of the programme's own as it was written.</summary>
        public string Reason(string reason) => DeadlineReasons.Usual.Contains(reason) ? words[$"deadline.reason.{reason}"] : reason;

        /// <summary>The class that the words mean: one of the usual list where they are its name in the reader's language.</summary>
        public string ReasonOf(string text) => DeadlineReasons.Usual.FirstOrDefault(reason => words[$"deadline.reason.{reason}"] == text.Trim()) ?? text.Trim();
    }
}
