"""What the programmes give, as rules over integers. JHT grows, JP is earned."""
