namespace Rectify.Tasks.Timeline;

/// <summary>How statuses are named in style sheets and in the table of texts.</summary>
public static class StatusMarks
{
    extension(ItemStatus status)
    {
        /// <summary>The name of the mark, as in the class <c>st-overdue</c>.</summary>
        public string Mark => status switch
        {
            ItemStatus.Draft => "draft",
            ItemStatus.NotStarted => "notstarted",
            ItemStatus.OnTrack => "ontrack",
            ItemStatus.Ahead => "ahead",
            ItemStatus.Behind => "behind",
            ItemStatus.Policy => "policy",
            ItemStatus.Nearly => "nearly",
            ItemStatus.Overdue => "overdue",
            ItemStatus.Returned => "returned",
            ItemStatus.Reopened => "reopened",
            ItemStatus.Done => "done",
            ItemStatus.Accept => "accept",
            ItemStatus.Notice => "notice",
            ItemStatus.Objected => "objected",
            ItemStatus.Signing => "signing",
            ItemStatus.Filed => "filed",
            ItemStatus.Closed => "closed",
            ItemStatus.Standing => "standing",
            ItemStatus.NotInvolved => "na",
            ItemStatus.Stage => "stage",
        };

        /// <summary>Key of the word, such as <c>status.overdue</c>.</summary>
        public string TextKey => "status." + status.Mark;

        /// <summary>Whether work is owed: the plan is approved and the item neither declared complete nor set aside.</summary>
        public bool IsOpen => status is ItemStatus.NotStarted or ItemStatus.OnTrack or ItemStatus.Ahead or ItemStatus.Behind
            or ItemStatus.Policy or ItemStatus.Nearly or ItemStatus.Overdue or ItemStatus.Returned or ItemStatus.Reopened;
    }
}

/// <summary>How lights are named in style sheets and in the table of texts.</summary>
public static class LightMarks
{
    extension(Light light)
    {
        /// <summary>The name of the light, as in the class <c>lt-red</c>.</summary>
        public string Mark => light switch
        {
            Light.None => "none",
            Light.Green => "green",
            Light.Yellow => "yellow",
            Light.Red => "red",
        };

        /// <summary>Key of the word, such as <c>light.red</c>.</summary>
        public string TextKey => "light." + light.Mark;
    }
}
