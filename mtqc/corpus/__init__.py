"""What only many articles together show: names, terms and sentences rendered differently, systems compared, trends."""
